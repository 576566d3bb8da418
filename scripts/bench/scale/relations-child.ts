import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { Listener } from "@rose-ash/shared/infrastructure/listener/index.ts";
import { RelationStore, type RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";

/** What keeping follows whole costs a process. */
export interface WholeCost {
  loadMs: number;
  megabytes: number;
}

const FOLLOWS = {
  columns: ["member", "other"],
  says: "{member} follows {other}",
  ceiling: 10_000_000,
  assertedBy: "assert-facts",
} as const;
const DECLARATION: RelationsDeclaration = {
  owner: "federation",
  folder: import.meta.dirname,
  purges: [],
  materialised: {
    file: "follows.dl",
    relations: { follows: FOLLOWS, mutual: { ...FOLLOWS, says: "{member} and {other} follow each other" } },
  },
  onDemand: null,
};

/** In a process of its own, with --expose-gc: what another measurement left behind would count, too. */
async function measure(url: string): Promise<WholeCost> {
  const db = openDb(url, 2);
  const listener = new Listener(url);
  const store = new RelationStore(db, listener, []);
  store.load(DECLARATION);
  const before = megabytes();
  const began = performance.now();
  await store.tuples({ relation: "mutual", values: ["user:1", null] });
  const loadMs = performance.now() - began;
  const after = megabytes();
  await store.close();
  await Promise.all([listener.close(), db.close()]);
  return { loadMs, megabytes: after - before };
}

function megabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1024 / 1024;
}

process.send?.(await measure(process.argv[2] ?? "").catch(() => null)); // it never got that far
process.disconnect();
