import type { Signature } from "./signature.ts";
import type { Named } from "./values.ts";

type Apply = (value: unknown, args: unknown[], named?: Named) => unknown;

/** What a filter sees that passes its arguments on to another filter or test, or takes them as they come. */
export interface Given {
  readonly args: unknown[];
  readonly named: Named;
  filter(name: string): Apply;
  test(name: string): Apply;
  hasFilter(name: string): boolean;
  hasTest(name: string): boolean;
}

/** A filter or test: its parameters behind the value. An open one gets all of them as one. */
export interface Filter extends Signature {
  run(value: unknown, ...args: unknown[]): unknown;
}

/** A filter whose arguments are given one by one; those left out are undefined. */
export function filter(params: readonly string[], required: number, run: Filter["run"]): Filter {
  return { params, required, run };
}

/** A filter that passes its arguments on. */
export function openFilter(run: (value: unknown, given: Given) => unknown): Filter {
  return { params: [], required: 0, isOpen: true, run: (value, given) => run(value, given as Given) };
}
