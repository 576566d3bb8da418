import type { PreparedQueryConfig } from "drizzle-orm/pg-core";
import type { NewActivity } from "../../contracts/activities.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { App } from "../../models/apps.ts";
import type { ActivityId } from "../../models/ids.ts";
import { currentTraceparent } from "../tracing/index.ts";
import { SUBSCRIPTIONS, type Subscription } from "./subscriptions.ts";

/** Writes an activity, and what every subscribed handler has to do about it, in the transaction of the change. Returns its id. */
export type EmitActivity = (tx: Tx, activity: NewActivity) => Promise<ActivityId>;

/** Writes many activities of one type about objects of one type, in one statement. */
export type EmitActivities = (
  tx: Tx,
  kind: Pick<NewActivity, "originApp" | "type"> & { objectType: NewActivity["object"]["type"] },
  activities: readonly (Pick<NewActivity, "actorId" | "details" | "visibility"> & { id: NewActivity["object"]["id"] })[],
) => Promise<void>;

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

const EMIT_MANY = `
  with emitted as (
    select * from jsonb_to_recordset($4::jsonb) as emitted ("actorId" bigint, id text, details jsonb, visibility text)
  ), activity as (
    insert into ap_activities (origin_app, actor_id, type, object_type, object_id, details, visibility, traceparent)
    select $1, "actorId", $2, $3, id, details, visibility, $6 from emitted
    returning id, object_type, object_id
  )
  insert into ap_activity_handlings (activity_id, handler, object_type, object_id)
  select activity.id, handler, object_type, object_id from activity, unnest($5::text[]) as handler`;

/** An emitter that knows these subscriptions. */
export function makeEmitActivity(subscriptions: readonly Subscription[]): EmitActivity {
  return async (tx, activity) => {
    const { type, object, originApp, actorId, details = {}, visibility = "internal" } = activity;
    const subscribed = subscribersOf(subscriptions, type, object.type, visibility);
    const what = [originApp, actorId, type, object.type, String(object.id), JSON.stringify(details), visibility];
    const query = { sql: EMIT, params: [...what, subscribed.map(({ handler }) => handler), currentTraceparent()] };
    // by name, which execute() can't: every connection plans it once, and that is a third of its cost
    const { rows } = await tx._.session.prepareQuery<Emitted>(query, undefined, "emit_activity", false).execute();
    wakeLater(tx, subscribed);
    return Number(rows[0]?.id) as ActivityId;
  };
}

/** The same for many; those that are internal and those that are not have other subscribers. */
function makeEmitActivities(subscriptions: readonly Subscription[]): EmitActivities {
  return async (tx, { originApp, type, objectType }, activities) => {
    const rows = activities.map(({ actorId, id, details = {}, visibility = "internal" }) => ({
      actorId,
      id: String(id),
      details,
      visibility,
    }));
    for (const [, some] of Map.groupBy(rows, ({ visibility }) => visibility === "internal")) {
      const subscribed = subscribersOf(subscriptions, type, objectType, some[0]?.visibility ?? "internal");
      const params = [originApp, type, objectType, JSON.stringify(some), subscribed.map(({ handler }) => handler), currentTraceparent()];
      await tx._.session.prepareQuery({ sql: EMIT_MANY, params }, undefined, "emit_activities", false).execute();
      wakeLater(tx, subscribed);
    }
  };
}

function subscribersOf(
  subscriptions: readonly Subscription[],
  type: string,
  objectType: string,
  visibility: NonNullable<NewActivity["visibility"]>,
): readonly Subscription[] {
  const isInternal = visibility === "internal";
  return subscriptions.filter(
    ({ on, isForPublic }) => !(isForPublic && isInternal) && on.some((pair) => pair[0] === type && pair[1] === objectType),
  );
}

function wakeLater(tx: Tx, subscribed: readonly Subscription[]): void {
  const apps = waiting.get(tx) ?? new Set();
  for (const { app } of subscribed) apps.add(app);
  waiting.set(tx, apps);
}

/** The one that commands use. */
export const emitActivity = makeEmitActivity(SUBSCRIPTIONS);
export const emitActivities = makeEmitActivities(SUBSCRIPTIONS);

/** The apps whose processors should look, now that this transaction has committed. */
export function appsWaitingFor(tx: Tx): ReadonlySet<App> {
  return waiting.get(tx) ?? new Set();
}
