import { type Methods, method } from "./method.ts";
import { toNumber } from "./numbers.ts";
import { isFloat, isInt } from "./types.ts";
import { Float } from "./values.ts";

/** The methods of numbers that templates have a use for. */
export const NUMBER_METHODS: Methods<number | bigint | boolean | Float> = new Map([
  ["is_integer", method([], 0, (self) => Number.isInteger(toNumber(self)))],
  ["bit_length", method([], 0, (self) => (isInt(self) ? BigInt(self).toString(2).replace(/^-?0?/, "").length : undefined))],
]);

/** The parts of a number that are no methods: undefined when it has none of that name. */
export function numberPart(value: number | bigint | boolean | Float, name: string): unknown {
  const whole = typeof value === "boolean" ? Number(value) : value;
  if (name === "real") return whole;
  if (name === "imag") return isFloat(whole) ? new Float(0) : 0;
  if (isFloat(whole)) return undefined;
  return name === "numerator" ? whole : name === "denominator" ? 1 : undefined;
}
