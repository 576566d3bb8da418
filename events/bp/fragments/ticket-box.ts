import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const params = z.object({
  entry: z.string().regex(/^[a-z0-9-]{1,200}$/),
  /** Of a series: which time; without it the next. */
  key: z
    .string()
    .regex(/^[0-9TZ]{8,16}$/)
    .optional(),
});

/** What can be had of an entry, and the way to take it: the form is on the entry's own page. */
export const ticketBox = defineFragment({
  type: "ticket-box",
  params,
  async render({ services: { tickets }, params: { entry, key } }) {
    const box = await tickets.getBox(null, { slug: entry, key: key ?? null }, "");
    return { template: "fragments/ticket-box.html", context: { box } };
  },
});
