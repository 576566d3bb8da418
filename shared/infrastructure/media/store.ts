import type { Readable } from "node:stream";

/** Bytes under the hash of what they are. A name is "<sha256>.<extension>". What can't be reached makes every method throw. */
export interface MediaStore {
  /** Whole and safe, or not at all. What is there already is there anew: a sweep leaves it alone for a while. */
  put(bytes: Readable, extension: string): Promise<{ sha256: string; byteLength: number }>;
  /** All of a file, or a part that lies within it. null: nothing is stored under this name. Bytes that break off end in an error. */
  open(name: string, part?: Part): Promise<{ bytes: Readable; byteLength: number } | null>;
  /** null: nothing is stored under this name. */
  find(name: string): Promise<{ byteLength: number } | null>;
  /** What is not there is removed already. */
  remove(name: string): Promise<void>;
  /** Everything there is, in no order; storedAt is when it was put last. */
  list(): AsyncIterable<StoredObject>;
}

/** Bytes of a file, the first and the last included, counted from 0. */
export interface Part {
  readonly first: number;
  readonly last: number;
}

/** What a store says of a file when it lists what there is. */
export interface StoredObject {
  readonly name: string;
  readonly byteLength: number;
  readonly storedAt: Date;
}

/** What can be a name in the store; also keeps paths out of it. */
export const STORED_NAME = /^[0-9a-f]{64}\.[a-z0-9]{2,5}$/;

/** Where a file lies below the store's beginning; the last part of the path at which it is served, too. */
export function placeOf(name: string): string {
  return `${name.slice(0, 2)}/${name}`;
}
