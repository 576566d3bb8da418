import type { MediaStore, StoredObject } from "./store.ts";

/** What a copy came to. damaged: names in the one store whose bytes are others than their names say; they are not copied. */
export interface Copied {
  readonly copied: number;
  readonly there: number;
  readonly damaged: readonly string[];
}

/**
 * Copies what one store has and the other has not, a few files at a time. Begun again it goes on where it was cut off, as a file is
 * there whole or not at all. say: told from time to time how far it is. Nothing is removed.
 */
export async function copyStore(from: MediaStore, to: MediaStore, say: (done: number, of: number) => void): Promise<Copied> {
  const known = new Map<string, number>();
  for await (const { name, byteLength } of to.list()) known.set(name, byteLength);
  const all: StoredObject[] = [];
  for await (const object of from.list()) all.push(object);
  const missing = all.filter(({ name, byteLength }) => known.get(name) !== byteLength);
  const damaged: string[] = [];
  let done = 0;
  const next = inTurn(missing);
  const work = async () => {
    for (const { name } of next) {
      if (!(await copyOne(name, from, to))) damaged.push(name);
      if (++done % SAID_EVERY === 0) say(done, missing.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { copied: missing.length - damaged.length, there: all.length - missing.length, damaged };
}

/** A generator, as a loop that is left by an error ends it for the other loops as well. */
function* inTurn(objects: readonly StoredObject[]): Generator<StoredObject> {
  yield* objects;
}

const AT_ONCE = 4;
const SAID_EVERY = 100;

/** Whether it is there now under its own name. One that went meanwhile needs no copy. */
async function copyOne(name: string, from: MediaStore, to: MediaStore): Promise<boolean> {
  const opened = await from.open(name);
  if (opened === null) return true;
  const [sha256 = "", extension = ""] = name.split(".");
  const stored = await to.put(opened.bytes, extension);
  if (stored.sha256 === sha256) return true;
  await to.remove(`${stored.sha256}.${extension}`);
  return false;
}
