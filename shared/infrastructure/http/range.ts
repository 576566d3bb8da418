import type { Part } from "../media/index.ts";

/**
 * The one part that a Range header asks for, of a file of so many bytes (RFC 9110 §14.1.2). null: what is no range of bytes, or
 * several at once, is answered with the whole file. "outside": there are no such bytes.
 */
export function readRange(header: string | undefined, byteLength: number): Part | "outside" | null {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (from === undefined || to === undefined || from + to === "") return null;
  const end = byteLength - 1;
  const part =
    from === "" ? { first: Math.max(0, byteLength - Number(to)), last: end } : { first: Number(from), last: to === "" ? end : Number(to) };
  if (part.last < part.first && from !== "" && to !== "") return null; // no range at all, says the RFC
  return part.first > end ? "outside" : { first: part.first, last: Math.min(part.last, end) };
}
