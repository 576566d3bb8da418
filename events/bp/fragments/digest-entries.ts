import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** More is nobody's letter, but a list. */
const MOST = 8;

/** What is on in the days that come. Plain paragraphs, lists and links: it goes into a letter. */
export const digestEntries = defineFragment({
  type: "digest-entries",
  params: z.object({ since: z.iso.datetime().transform((at) => new Date(at)) }),
  async render({ services: { events } }) {
    const entries = await events.listNextEntries(MOST);
    return { template: "fragments/digest-entries.html", context: { entries: entries.filter(({ isCancelled }) => !isCancelled) } };
  },
});
