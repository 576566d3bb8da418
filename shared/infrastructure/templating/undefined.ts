import { raise } from "./errors.ts";

/** A name or attribute that is not there. It prints nothing, is false and empty; doing more with it is an error. */
export class Undefined {
  readonly #message: string | (() => string);

  constructor(message: string | (() => string)) {
    this.#message = message;
  }

  get message(): string {
    return typeof this.#message === "string" ? this.#message : this.#message();
  }

  toString(): string {
    return "";
  }

  toJSON(): undefined {
    return undefined;
  }
}

/** A variable that nobody set. */
export function undefinedName(name: string): Undefined {
  return new Undefined(() => `'${name}' is undefined`);
}

/** JavaScript's undefined counts: data may hold it. */
export function isUndefined(value: unknown): value is Undefined | undefined {
  return value === undefined || value instanceof Undefined;
}

/** Refuses an undefined value, by the name it was looked up by. */
export function refuseUndefined(value: unknown): void {
  if (value instanceof Undefined) raise("UndefinedError", value.message);
  if (value === undefined) raise("UndefinedError", "the value is undefined");
}
