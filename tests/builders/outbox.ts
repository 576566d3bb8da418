import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Activity, NewActivity } from "../../shared/contracts/activities.ts";
import type { Tx } from "../../shared/contracts/tx.ts";
import {
  type ActivityHandler,
  makeEmitActivity,
  makeFigures,
  startEventProcessor,
  withHints,
} from "../../shared/infrastructure/activities/index.ts";
import { type Db, openDb } from "../../shared/infrastructure/db.ts";
import { Listener } from "../../shared/infrastructure/listener/index.ts";
import type { ActivityId } from "../../shared/models/ids.ts";

/** Two handlers for tests: one that is told of likes of posts, one that is told of posts, too. */
const SUBSCRIPTIONS = [
  { handler: "blog.count", app: "blog", on: [["Like", "Post"]] },
  { handler: "blog.other", app: "blog", on: [["Create", "Post"]] },
] as const;

type Settings = NonNullable<Parameters<typeof startEventProcessor>[0]["settings"]>;

/** An outbox to emit into and to start processors on; what they log is kept. */
export interface TestOutbox {
  db: Db;
  url: string;
  lines: string[];
  /** Emits one like of a post in a transaction of its own. hinted: whether the processors are told. */
  like(post: string, hinted?: boolean): Promise<ActivityId>;
  emit(tx: Tx, activity: NewActivity): Promise<ActivityId>;
  start(handler: ActivityHandler, settings?: Settings, url?: string): { figures: ReturnType<typeof makeFigures>; stop(): Promise<void> };
  states(): Promise<{ state: string; attempts: number; last_error: string | null; is_held: boolean }[]>;
  close(): Promise<void>;
}

/** Quick settings: a lease of half a second, tries that follow each other at once. */
const QUICK: Settings = { leaseMs: 500, pollMs: 50, tries: 3, backoff: { baseMs: 10, maxMs: 50 } };

export function anOutbox(url: string): TestOutbox {
  const db = openDb(url, 8);
  const transaction = withHints(db);
  const emit = makeEmitActivity(SUBSCRIPTIONS);
  const lines: string[] = [];
  const keep = (context: object, message: string) => void lines.push(`${message} ${JSON.stringify(context)}`);
  const stops: (() => Promise<void>)[] = [];
  const listeners: Listener[] = [];
  return {
    db,
    url,
    lines,
    emit,
    like(post, hinted = true) {
      const activity = { originApp: "blog", actorId: null, type: "Like", object: { type: "Post", id: post } } as const;
      return (hinted ? transaction : db.transaction.bind(db))((tx: Tx) => emit(tx, activity));
    },
    start(handler, settings = {}, at = url) {
      const figures = makeFigures([handler.name]);
      const log = { warn: keep, error: keep };
      const listener = new Listener(at);
      listeners.push(listener);
      const { stop } = startEventProcessor({
        ...{ app: "blog", databaseUrl: at, listener, transaction, handlers: [handler], figures, log },
        settings: { ...QUICK, ...settings },
      });
      stops.push(stop);
      return { figures, stop };
    },
    async states() {
      const { rows } = await db.execute<{ state: string; attempts: number; last_error: string | null; is_held: boolean }>(
        sql`select state, attempts, last_error, lease is not null as is_held from ap_activity_handlings order by id`,
      );
      return rows;
    },
    async close() {
      await Promise.all(stops.map((stop) => stop()));
      await Promise.all(listeners.map((listener) => listener.close()));
      await db.close();
    },
  };
}

/** A handler that does this beyond the database. */
export function anOutsideHandler(handle: (activity: Activity, signal: AbortSignal) => Promise<void>, atOnce = 8): ActivityHandler {
  return { name: "blog.count", kind: "outside", atOnce, handle };
}

/** A handler that does this in its transaction. */
export function aTransactionHandler(handle: (tx: Tx, activity: Activity) => Promise<void>, atOnce = 4): ActivityHandler {
  return { name: "blog.count", kind: "transaction", atOnce, handle };
}

/** Waits until it holds, half a minute at most. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("it never came to be");
    await sleep(10);
  }
}
