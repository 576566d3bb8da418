import type { LetterId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

export const LETTER_ROUTE = "/admin/newsletters/letters/:id(^[1-9]\\d{0,14}$)";
export const letterParams = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export type LetterParams = z.output<typeof letterParams>;
export const idOf = ({ params }: { params: LetterParams }): LetterId => params.id as LetterId;
export const pageOf = (id: number): string => `/admin/newsletters/letters/${id}`;
