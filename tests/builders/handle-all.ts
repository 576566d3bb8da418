import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import { makeHandlers } from "../../federation/handlers/index.ts";
import type { Activity } from "../../shared/contracts/activities.ts";
import type { TestApp } from "../app.ts";

interface Pending extends Record<string, unknown> {
  handling: string;
  handler: string;
  id: string;
  originApp: Activity["originApp"];
  actorId: string | null;
  type: Activity["type"];
  objectType: string;
  objectId: string;
  details: Activity["details"];
  visibility: Activity["visibility"];
  publishedAt: string;
}

/** Does at once all that federation has to do about what happened, and about what comes of that, in order: a test need not wait for the processor. */
export async function handleAll({ app, db }: Pick<TestApp, "app" | "db">): Promise<void> {
  const handlers = new Map(makeHandlers(app as FastifyInstance).map((handler) => [handler.name, handler]));
  for (;;) {
    const { rows } = await db.execute<Pending>(sql`
      select handling.id as handling, handling.handler, activity.id, activity.origin_app as "originApp", activity.actor_id as "actorId", activity.type,
        activity.object_type as "objectType", activity.object_id as "objectId", activity.details, activity.visibility, activity.published_at as "publishedAt"
      from ap_activity_handlings as handling join ap_activities as activity on activity.id = handling.activity_id
      where handling.state = 'pending' and handling.handler like 'federation.%' order by handling.id`);
    if (rows.length === 0) return;
    for (const { handling, handler: name, objectType, objectId, ...row } of rows) {
      const actorId = row.actorId === null ? null : Number(row.actorId);
      const activity = {
        ...row,
        id: Number(row.id),
        actorId,
        object: { type: objectType, id: objectId },
        publishedAt: new Date(row.publishedAt),
      } as Activity;
      const handler = handlers.get(name);
      if (handler?.kind === "transaction") await app.transaction((tx) => handler.handle(tx, activity));
      else await handler?.handle(activity, new AbortController().signal);
      await db.execute(sql`update ap_activity_handlings set state = 'done', settled_at = now() where id = ${handling}`);
    }
  }
}
