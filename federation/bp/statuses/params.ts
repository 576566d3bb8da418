import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

export const statusParams = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as StatusId),
});
export type StatusRequest = { Params: z.output<typeof statusParams> };
