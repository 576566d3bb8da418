import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const params = z.object({
  entry: z.string().regex(/^[a-z0-9-]{1,200}$/),
  /** Of a series: which time; without it the next. */
  key: z
    .string()
    .regex(/^[0-9TZ]{8,16}$/)
    .optional(),
  /** The path of the page that it stands on: there whoever took some comes back to. */
  next: z.string().max(500).default("/"),
});

/** What can be had of an entry, and a form that puts it into the cart; what asks something first is taken on the entry's own page. */
export const ticketBox = defineFragment({
  type: "ticket-box",
  params,
  async render({ services: { tickets }, params: { entry, key, next } }) {
    const box = await tickets.getBox(null, { slug: entry, key: key ?? null }, "");
    const inOneStep = box.types.filter(({ isFree, isDonation, most }) => !isFree && !isDonation && most > 0);
    return {
      template: "fragments/ticket-box.html",
      context: { box, entry, next, choices: box.questions.length === 0 ? inOneStep : [] },
    };
  },
});
