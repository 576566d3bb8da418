import type { GhostImportId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

/** The number of a file in an address. */
export const importParams = z.object({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as GhostImportId),
});
export type ImportParams = z.output<typeof importParams>;
