import type { ScrapeFindingId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

/** The number of a finding in an address. */
export const findingParams = z.object({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as ScrapeFindingId),
});
export type FindingParams = z.output<typeof findingParams>;
export const FINDING_ROUTE = "/admin/scraping/findings/:id(^[1-9]\\d{0,14}$)";
