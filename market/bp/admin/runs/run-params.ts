import type { ScrapeRunId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

/** The number of a run in an address. */
export const runParams = z.object({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as ScrapeRunId),
});
export type RunParams = z.output<typeof runParams>;
export const RUN_ROUTE = "/admin/scraping/runs/:id(^[1-9]\\d{0,14}$)";
