import { z } from "zod";
import { FRAGMENTS, type FragmentType } from "../../contracts/fragments.ts";

export const PATH = "/internal/fragments";
export const MAX_WANTS = 100;
export const TOKEN_TYPE = "fragment+jwt";
/** How long the caller reads the answer, in ms: what takes longer is not made. */
export const PATIENCE_HEADER = "x-fragment-patience";

const types = Object.keys(FRAGMENTS) as FragmentType[];
export const fragmentType = z.enum(types);
const want = z.object({ type: fragmentType, params: z.record(z.string(), z.union([z.string(), z.number()])).default({}) });

/** What a page asks of one owner, all at once. */
export const batchRequest = z.object({ wants: z.array(want).min(1).max(MAX_WANTS) });

/**
 * One piece for each want, in their order. audience: for whom it really was made. html null: it could not be made.
 * goodUntil: when what it says stops being true, in ms since 1970; null: never by itself.
 */
const piece = z.object({
  html: z.string().nullable(),
  audience: z.enum(["public", "personal"]),
  goodUntil: z.number().int().nullable().default(null),
});
export const batchAnswer = z.object({ pieces: z.array(piece) });
export type Piece = z.output<typeof piece>;
