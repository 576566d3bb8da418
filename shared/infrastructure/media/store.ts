import type { Readable } from "node:stream";

/** Bytes under the hash of what they are. A name is "<sha256>.<extension>". */
export interface MediaStore {
  /** Whole and on disk, or not at all. What is there already is there anew: a sweep leaves it alone for a while. */
  put(bytes: Readable, extension: string): Promise<{ sha256: string; byteLength: number }>;
  /** null: nothing is stored under this name. */
  open(name: string): Promise<Readable | null>;
  has(name: string): Promise<boolean>;
  /** What is not there is removed already. */
  remove(name: string): Promise<void>;
  /** Everything there is, in no order; storedAt is when it was put last. */
  list(): AsyncIterable<{ name: string; storedAt: Date }>;
}

/** What can be a name in the store; also keeps paths out of it. */
export const STORED_NAME = /^[0-9a-f]{64}\.[a-z0-9]{2,5}$/;
