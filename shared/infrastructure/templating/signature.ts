import { raise } from "./errors.ts";
import type { Named } from "./values.ts";

/** A function of Python's: templates give its parameters by position or by name. What is left out is undefined. */
export interface Signature {
  readonly params: readonly string[];
  /** How many of them must be given. */
  readonly required: number;
  /** Takes any number of further values. */
  readonly isOpen?: boolean;
}

/** The arguments in the order of the parameters. Throws TypeError as Python does when they don't fit. */
export function bind(name: string, { params, required, isOpen = false }: Signature, args: unknown[], named: Named): unknown[] {
  if (args.length > params.length && !isOpen) {
    raise("TypeError", `${name}() takes ${params.length} arguments but ${args.length} were given`);
  }
  const bound = named.names.length === 0 ? args : bindNamed(name, params, args, named);
  for (let index = 0; index < required; index++) {
    if (index >= bound.length || (bound[index] === undefined && index >= args.length)) {
      raise("TypeError", `${name}() missing a required argument: '${params[index]}'`);
    }
  }
  return bound;
}

function bindNamed(name: string, params: readonly string[], args: unknown[], { names, values }: Named): unknown[] {
  const bound = [...args];
  for (const [index, key] of names.entries()) {
    const at = params.indexOf(key);
    if (at < 0) raise("TypeError", `${name}() got an unexpected keyword argument '${key}'`);
    if (at < args.length) raise("TypeError", `${name}() got multiple values for argument '${key}'`);
    bound[at] = values[index];
  }
  return bound;
}
