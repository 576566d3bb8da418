import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const params = z.object({
  limit: z.coerce.number().int().min(1).max(10).default(3),
  /** The slug of the one calendar to show. */
  calendar: z
    .string()
    .regex(/^[a-z0-9-]{1,100}$/)
    .optional(),
});

/** What is on now and next, as rows; the page around it gives the heading. */
export const nextEntries = defineFragment({
  type: "next-entries",
  params,
  async render({ services: { events }, params: { limit, calendar } }) {
    const entries = calendar === undefined ? await events.listNextEntries(limit) : await events.listNextEntriesOf(calendar, limit);
    return { template: "fragments/next-entries.html", context: { entries } };
  },
});
