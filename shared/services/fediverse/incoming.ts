import { and, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { FediverseService } from "../../contracts/fediverse.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apDeliveries, apInbox, apOutgoing } from "../../models/fediverse.ts";

type IncomingPart = Pick<FediverseService, "findIncoming" | "takeIncoming" | "settleIncoming" | "forgetHandled">;

export function makeIncoming({ db }: ServiceDeps): IncomingPart {
  const columns = {
    ...{ id: apInbox.id, app: apInbox.app, actor: apInbox.actor, activity: apInbox.activity },
    ...{ type: apInbox.type, document: apInbox.document },
  };
  return {
    async findIncoming(id) {
      const [row] = await db
        .select(columns)
        .from(apInbox)
        .where(and(eq(apInbox.id, id), isNull(apInbox.outcome)));
      return row ?? null;
    },
    async takeIncoming(tx, id) {
      const isWaiting = and(eq(apInbox.id, id), isNull(apInbox.outcome));
      const rows = await tx.select({ id: apInbox.id }).from(apInbox).where(isWaiting).for("update");
      return rows.length === 1;
    },
    async settleIncoming(tx, id, outcome) {
      await tx
        .update(apInbox)
        .set({ outcome: outcome.slice(0, 500) })
        .where(eq(apInbox.id, id));
    },
    async forgetHandled(tx, before) {
      await tx.delete(apInbox).where(and(lt(apInbox.receivedAt, before), isNotNull(apInbox.outcome)));
      await tx.delete(apDeliveries).where(and(lt(apDeliveries.settledAt, before), inArray(apDeliveries.state, ["done", "discarded"])));
      await tx.execute(sql`
        delete from ap_remote_actors as known
        where fetched_at < ${before.toISOString()}::timestamptz and gone_at is null
          and not exists (select from ap_follows where follower = known.uri) and not exists (select from ap_follows where followed = known.uri)
          and not exists (select from ap_reactions where actor = known.uri) and not exists (select from ap_documents where actor = known.uri)
          and not exists (select from ap_blocks where actor = known.uri) and not exists (select from ap_blocks where blocked = known.uri)
          and not exists (select from ap_reports where actor = known.uri)`);
      const isOver = sql`not exists (select from ap_deliveries where outgoing_id = ${apOutgoing.id})`;
      const isSmallTalk = and(eq(apOutgoing.visibility, "direct"), isNull(apOutgoing.activityId));
      await tx.delete(apOutgoing).where(and(lt(apOutgoing.publishedAt, before), isSmallTalk, isOver));
    },
  };
}
