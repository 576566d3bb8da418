import { z } from "zod";

const ID = /^[1-9]\d{0,14}$/;

/** What a form with none, one or several of the same control sends. */
export const severalOf = z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]);

/** The ids in what a form sends for several, each once. */
export function idsOf(typed: readonly string[]): readonly number[] {
  return [...new Set(typed.filter((one) => ID.test(one)).map(Number))];
}
