import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** What is on now and next, as rows; the page around it gives the heading. */
export const nextEntries = defineFragment({
  type: "next-entries",
  params: z.object({ limit: z.coerce.number().int().min(1).max(10).default(3) }),
  async render({ services, params }) {
    return { template: "fragments/next-entries.html", context: { entries: await services.events.listNextEntries(params.limit) } };
  },
});
