import type { Aggregate, Constant, Place } from "../ast/ast.ts";
import { compareConstants, listText } from "../ast/constants.ts";
import { calculate, number } from "./arithmetic.ts";

/** Collects one group's values; `value` is undefined where an empty group has none (min, max, avg). */
export interface Accumulator {
  add(value: Constant): void;
  value(): Constant | undefined;
}

/**
 * count, min, max and findall see distinct values, whatever they are given; sum and avg see each value they are given, so
 * their caller gives one for each distinct binding. Throws BuiltinError where a value is no number or the sum overflows.
 */
export function accumulator(fn: Aggregate, at?: Place): Accumulator {
  switch (fn) {
    case "count":
      return distinct((values) => values.size);
    case "findall":
      return distinct(listText);
    case "min":
      return best((order) => order < 0);
    case "max":
      return best((order) => order > 0);
    case "sum":
      return total(at, (sum) => sum);
    case "avg":
      return total(at, (sum, count) => (count === 0 ? undefined : sum / count));
  }
}

function distinct(finish: (values: Set<Constant>) => Constant): Accumulator {
  const values = new Set<Constant>();
  return { add: (value) => values.add(value), value: () => finish(values) };
}

function best(isBetter: (order: number) => boolean): Accumulator {
  let chosen: Constant | undefined;
  return {
    add(value) {
      if (chosen === undefined || isBetter(compareConstants(value, chosen))) chosen = value;
    },
    value: () => chosen,
  };
}

/** Integers are added as they come; decimals in order of size, so that the order of tuples never shows in the last digit. */
function total(at: Place | undefined, finish: (sum: number, count: number) => Constant | undefined): Accumulator {
  let whole = 0;
  let count = 0;
  const decimals: number[] = [];
  return {
    add(value) {
      const added = number(value, at);
      count++;
      if (Number.isInteger(added)) whole = calculate("+", whole, added, at);
      else decimals.push(added);
    },
    value() {
      decimals.sort((a, b) => a - b);
      return finish(
        decimals.reduce((sum, value) => calculate("+", sum, value, at), whole),
        count,
      );
    },
  };
}
