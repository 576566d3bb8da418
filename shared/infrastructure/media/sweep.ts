import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { MediaStore } from "./store.ts";

const AT_ONCE = 500;

/**
 * Removes stored files that nothing in the database knows. before: younger ones are left alone, as somebody may be about to write
 * them down. listUnknown: which of these names nothing knows. Returns how many went. Where nothing at all is known, the
 * database is another one than the store belongs to: throws, and removes nothing.
 */
export async function sweepStore(
  store: MediaStore,
  before: Date,
  listUnknown: (names: readonly string[]) => Promise<readonly string[]>,
): Promise<number> {
  const names: string[] = [];
  for await (const { name, storedAt } of store.list()) if (storedAt < before) names.push(name);
  const unknown: string[] = [];
  for (let at = 0; at < names.length; at += AT_ONCE) unknown.push(...(await listUnknown(names.slice(at, at + AT_ONCE))));
  if (unknown.length > 0 && unknown.length === names.length)
    throw new Error(`none of ${names.length} stored files is known: nothing is swept`);
  for (const name of unknown) await store.remove(name);
  return unknown.length;
}

/** Removes what was on its way into a folder store when its process died. */
export async function sweepIncoming(dir: string, before: Date): Promise<void> {
  const incoming = join(dir, ".incoming");
  for (const name of await readdir(incoming).catch(() => [])) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && found.mtime < before) await rm(path, { recursive: true, force: true });
  }
}
