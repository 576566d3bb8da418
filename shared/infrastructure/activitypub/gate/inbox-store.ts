import { sql } from "drizzle-orm";
import type { Db } from "../../db.ts";
import { type Arrival, orderKeyOf } from "./gate.ts";

/** Who handles what came in: a line of activities/subscriptions.ts. */
const HANDLER = "federation.receive";
const MOST_AT_ONCE = 200;
const HINT_MS = 100;

/** Writes down what came in: each arrival once, however often it comes. */
export interface InboxStore {
  /** Resolves when it is on the disk. */
  keep(arrival: Arrival): Promise<void>;
}

/** row: of the statement below, as JSON already: what waits for the disk is one string, and not the tree of objects that it was read into. */
interface Waiting {
  readonly name: string;
  readonly row: string;
  readonly settle: { resolve(): void; reject(error: unknown): void };
}

/**
 * What arrives while a statement is under way goes with the next one: a commit waits for the disk, and all that came meanwhile can
 * wait for one. With the document goes what has to be done about it, so that nothing is taken and then forgotten.
 */
export function makeInboxStore(db: Db): InboxStore {
  let waiting: Waiting[] = [];
  let underWay = 0;
  let hintedAt = 0;
  const hint = () => {
    if (Date.now() - hintedAt < HINT_MS) return;
    hintedAt = Date.now();
    void db.execute(sql`select pg_notify('activities_federation', '')`).catch(() => undefined); // a hint only
  };
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      try {
        await insert(db, batch);
        for (const { settle } of batch) settle.resolve();
        hint();
      } catch (error) {
        for (const { settle } of batch) settle.reject(error);
      }
    }
  };
  return {
    keep(arrival) {
      const [name, row] = [`${arrival.actor.uri} ${arrival.activity}`, rowOf(arrival)];
      return new Promise((resolve, reject) => {
        waiting.push({ name, row, settle: { resolve, reject } });
        if (underWay >= 2) return;
        underWay += 1;
        setImmediate(() => void drain().finally(() => (underWay -= 1))); // whatever came in this turn goes with it
      });
    },
  };
}

function rowOf(arrival: Arrival): string {
  const { app, actor, activity, type, raw, document, synchronisation } = arrival;
  return JSON.stringify({ app, actor: actor.uri, activity, type, raw, document, synchronisation, about: orderKeyOf(arrival) });
}

async function insert(db: Db, batch: readonly Waiting[]): Promise<void> {
  const rows = new Map(batch.map(({ name, row }) => [name, row])); // the same one twice in a batch is one
  await db.execute(sql`
    with row as (
      select * from json_to_recordset(${`[${[...rows.values()].join(",")}]`}::json)
        as row (app text, actor text, activity text, type text, raw text, document jsonb, synchronisation text, about text)
    ), arrived as (
      insert into ap_inbox (app, actor, activity, type, raw, document)
      select app, actor, activity, type, raw, document from row
      on conflict (actor, activity) do nothing
      returning id, actor, activity
    ), told as (
      insert into ap_activities (origin_app, type, object_type, object_id, details)
      select 'federation', 'Create', 'Incoming', row.about, jsonb_strip_nulls(jsonb_build_object('incoming', arrived.id, 'synchronisation', row.synchronisation))
      from arrived join row using (actor, activity)
      order by arrived.id
      returning id, object_type, object_id
    )
    insert into ap_activity_handlings (activity_id, handler, object_type, object_id)
    select id, ${HANDLER}, object_type, object_id from told order by id`);
}
