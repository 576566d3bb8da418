import { type Methods, method } from "./method.ts";
import { toNumber } from "./numbers.ts";
import { isInt } from "./types.ts";
import type { Float } from "./values.ts";

/** The methods of numbers that templates have a use for. */
export const NUMBER_METHODS: Methods<number | bigint | boolean | Float> = new Map([
  ["is_integer", method([], 0, (self) => Number.isInteger(toNumber(self)))],
  ["bit_length", method([], 0, (self) => (isInt(self) ? BigInt(self).toString(2).replace(/^-?0?/, "").length : undefined))],
]);
