import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { App } from "../../models/apps.ts";
import type { Db } from "../db.ts";
import { inSpan } from "../tracing/index.ts";
import { appsWaitingFor } from "./emit-activity.ts";

const EVERY_MS = 10;

/** Runs work in one transaction: committed when it resolves, rolled back when it throws. */
export type Transaction = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Where an app's processors listen. */
export const channelOf = (app: App): string => `activities_${app}`;

/**
 * Transactions after which the processors of whoever has to handle something are woken. A commit with a NOTIFY in it waits
 * for every other such commit of the cluster, so hints travel by themselves, one in 10 ms at most. Losing one costs a poll.
 */
export function withHints(db: Db): Transaction {
  const apps = new Set<App>();
  let isSending = false;
  const send = async () => {
    if (isSending) return;
    isSending = true;
    while (apps.size > 0) {
      const channels = [...apps].map(channelOf);
      apps.clear();
      const notified = db.execute(sql`select pg_notify(channel, '') from unnest(${sql.param(channels)}::text[]) as channel`);
      await notified.catch(() => undefined); // a hint only: the processors poll
      await sleep(EVERY_MS, undefined, { ref: false });
    }
    isSending = false;
  };
  return async (work) => {
    const commit = () => db.transaction(async (tx) => [await work(tx), appsWaitingFor(tx)] as const);
    const [result, waiting] = await inSpan("transaction", "client", { "db.system.name": "postgresql" }, commit);
    for (const app of waiting) apps.add(app);
    if (waiting.size > 0) void send();
    return result;
  };
}
