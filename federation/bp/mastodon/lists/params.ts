import type { PeopleListId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

export const listParams = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform((id) => Number(id) as PeopleListId),
});
export type ListRequest = { Params: z.output<typeof listParams> };
