import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const params = z.object({ limit: z.coerce.number().int().min(1).max(5).default(3) });

/** The next tickets of the reader and of whom they look after, each a step away from its code; of nobody, nothing. */
export const myTickets = defineFragment({
  type: "my-tickets",
  params,
  async render({ services: { tickets }, subject, params: { limit } }) {
    const ask = { year: null, words: "", page: 1 };
    const page = subject.kind === "user" ? await tickets.listSeen(subject.userId, "ahead", ask) : null;
    const seen = page?.items.slice(0, limit) ?? [];
    return {
      template: "fragments/my-tickets.html",
      context: { seen, more: (page?.total ?? 0) - seen.length },
      goodUntil: seen[0]?.ticket.endsAt ?? null,
    };
  },
});
