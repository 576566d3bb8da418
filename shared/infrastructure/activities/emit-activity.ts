import type { PreparedQueryConfig } from "drizzle-orm/pg-core";
import type { NewActivity } from "../../contracts/activities.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { App } from "../../models/apps.ts";
import type { ActivityId } from "../../models/ids.ts";
import { currentTraceparent } from "../tracing/index.ts";
import { SUBSCRIPTIONS, type Subscription } from "./subscriptions.ts";

/** Writes an activity, and what every subscribed handler has to do about it, in the transaction of the change. Returns its id. */
export type EmitActivity = (tx: Tx, activity: NewActivity) => Promise<ActivityId>;

/** Which apps have something to handle once a transaction has committed. */
const waiting = new WeakMap<Tx, Set<App>>();

interface Emitted extends PreparedQueryConfig {
  execute: { rows: { id: string }[] };
}

const EMIT = `
  with activity as (
    insert into ap_activities (origin_app, actor_id, type, object_type, object_id, details, visibility, traceparent)
    values ($1, $2, $3, $4, $5, $6, $7, $9)
    returning id, object_type, object_id
  ), handlings as (
    insert into ap_activity_handlings (activity_id, handler, object_type, object_id)
    select activity.id, handler, object_type, object_id from activity, unnest($8::text[]) as handler
  )
  select id from activity`;

/** An emitter that knows these subscriptions. */
export function makeEmitActivity(subscriptions: readonly Subscription[]): EmitActivity {
  return async (tx, activity) => {
    const { type, object, originApp, actorId, details = {}, visibility = "internal" } = activity;
    const subscribed = subscriptions.filter(({ on }) => on.some((pair) => pair[0] === type && pair[1] === object.type));
    const what = [originApp, actorId, type, object.type, String(object.id), JSON.stringify(details), visibility];
    const query = { sql: EMIT, params: [...what, subscribed.map(({ handler }) => handler), currentTraceparent()] };
    // by name, which execute() can't: every connection plans it once, and that is a third of its cost
    const { rows } = await tx._.session.prepareQuery<Emitted>(query, undefined, "emit_activity", false).execute();
    const apps = waiting.get(tx) ?? new Set();
    for (const { app } of subscribed) apps.add(app);
    waiting.set(tx, apps);
    return Number(rows[0]?.id) as ActivityId;
  };
}

/** The one that commands use. */
export const emitActivity = makeEmitActivity(SUBSCRIPTIONS);

/** The apps whose processors should look, now that this transaction has committed. */
export function appsWaitingFor(tx: Tx): ReadonlySet<App> {
  return waiting.get(tx) ?? new Set();
}
