import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";
import { dayPart } from "./day-part.ts";

/** A member is greeted by the time of their day, with what they do next and what is new to them; a guest gets nothing. */
export const greeting = defineFragment({
  type: "greeting",
  params: z.object({}),
  async render({ services, subject }) {
    const found = subject.kind === "user" ? await services.account.findGreeting(subject.userId) : null;
    return {
      template: "fragments/greeting.html",
      context: { greeting: found && { ...found, words: dayPart(found.at, found.timeZone) } },
      goodUntil: found?.next?.startsAt ?? null,
    };
  },
});
