import { bind, type Signature } from "./signature.ts";
import type { Named } from "./values.ts";

/** A method of a built-in type, with its parameters. */
export interface Method<Self> extends Signature {
  /** args: as bound; of an open method what the template gave. */
  run(self: Self, args: unknown[], named: Named): unknown;
}

/** The methods of a type by name. */
export type Methods<Self> = ReadonlyMap<string, Method<Self>>;

/** A method that takes its parameters one by one. */
export function method<Self>(params: readonly string[], required: number, run: (self: Self, ...args: unknown[]) => unknown): Method<Self> {
  return { params, required, run: (self, args) => run(self, ...args) };
}

/** Calls a method with what the template gave. */
export function callMethod<Self>(found: Method<Self>, name: string, self: Self, args: unknown[], named: Named): unknown {
  return found.run(self, found.isOpen ? args : bind(name, found, args, named), named);
}
