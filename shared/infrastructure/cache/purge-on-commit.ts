import type { CacheTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../db.ts";
import type { Cache } from "./cache.ts";

const collected = new WeakMap<Tx, Set<CacheTag>>();

/**
 * For commands that change what is kept: once the transaction is committed, and before whoever opened it goes on, the
 * tags are purged. Nothing happens when it is rolled back. tx: the outermost one.
 */
export function purgeOnCommit(tx: Tx, tags: readonly CacheTag[]): void {
  const before = collected.get(tx) ?? new Set();
  for (const tag of tags) before.add(tag);
  collected.set(tx, before);
}

/** Makes every transaction of a pool purge what its commands named. */
export function purgeAfterTransactions(db: Db, cache: Pick<Cache, "purgeTags">): void {
  const begin = db.transaction.bind(db);
  db.transaction = async (work, options) => {
    let own: Tx | undefined;
    const result = await begin((tx) => {
      own = tx;
      return work(tx);
    }, options);
    const tags = own && collected.get(own);
    if (tags) await cache.purgeTags([...tags]);
    return result;
  };
}
