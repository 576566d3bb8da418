import type { Tx } from "../../contracts/tx.ts";
import type { UserId } from "../../models/ids.ts";
import type { Db } from "../db.ts";
import type { Listener } from "../listener/index.ts";

/** On which processes hear whose open pages are to look again: ids of members, joined by commas, and nothing else. */
export const LIVE_CHANNEL = "live_members";

const MOST_AT_ONCE = 500;
const collected = new WeakMap<Tx, Set<UserId>>();

/** For commands: the member's open pages look again once the transaction is committed. Nothing happens when it is rolled back. */
export function tellOnCommit(tx: Tx, userId: UserId): void {
  const before = collected.get(tx) ?? new Set();
  before.add(userId);
  collected.set(tx, before);
}

/** Makes every transaction of a pool tell whom its commands named. A hint only: whoever misses it sees it on the next page. */
export function tellAfterTransactions(db: Db, listener: Pick<Listener, "notify">): void {
  const begin = db.transaction.bind(db);
  db.transaction = async (work, options) => {
    let own: Tx | undefined;
    const result = await begin((tx) => {
      own = tx;
      return work(tx);
    }, options);
    const members = own && collected.get(own);
    if (members) void listener.notify(LIVE_CHANNEL, [...members].slice(0, MOST_AT_ONCE).join(",")).catch(() => undefined);
    return result;
  };
}
