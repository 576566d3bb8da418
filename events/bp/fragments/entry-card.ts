import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const slug = z.string().regex(/^[a-z0-9-]{1,100}$/);
const params = z.object({ slug, key: z.string().max(20).optional() });

/** One entry with its picture; of a series its next time, or the one that key names. */
export const entryCard = defineFragment({
  type: "entry-card",
  params,
  async render({ services: { events }, params: { slug: name, key } }) {
    const { entry } = await events.getEntry(name, key ?? null);
    return { template: "fragments/entry-card.html", context: { entry }, goodUntil: key === undefined ? entry.endsAt : null };
  },
});
