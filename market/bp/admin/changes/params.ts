import { z } from "zod";

export const SET_ROUTE = "/admin/changes/:id(^[1-9]\\d{0,14}$)";
export const setParams = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export type SetParams = z.output<typeof setParams>;
