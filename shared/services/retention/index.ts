import { desc, type SQL, sql } from "drizzle-orm";
import type { RetentionService, SweptKey } from "../../contracts/retention.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { endOf, retentionOf } from "../../models/retention.ts";
import { retentionRuns } from "../../models/site.ts";
import { readSettings } from "../site/sections.ts";

const SHOWN = 40;

/** An order whose money is still to go somewhere is not over, however old it is. */
const IS_OVER = sql`status not in ('pending_payment', 'refund_due', 'disputed')`;

/** Takes away what is older than `before`, `most` at a time: a statement that says how many. */
const STATEMENTS: Readonly<Record<SweptKey, (before: Date, most: number) => SQL>> = {
  orders: (before, most) => sql`
    with old as (
      select id from orders where created_at < ${before} and ${IS_OVER} and (email is not null or buyer_name <> ''
        or exists (select from order_pick_ups as p where p.order_id = orders.id and p.address <> '')
        or exists (select from order_notes as n where n.order_id = orders.id))
      order by created_at, id limit ${most}),
    places as (update order_pick_ups set address = '' where order_id in (select id from old) and address <> ''),
    notes as (delete from order_notes where order_id in (select id from old)),
    lines as (update order_lines set metadata = '{}' where order_id in (select id from old) and metadata <> '{}')
    update orders set email = null, buyer_name = '' where id in (select id from old)`,
  dues: (before, most) => sql`
    delete from memberships where id in (
      select id from memberships as m where state = 'left' and since < ${before}
        and not exists (select from dues as d where d.membership_id = m.id and d.noted_at >= ${before})
      order by since, id limit ${most})`,
  memberships: (before, most) => sql`
    delete from memberships where id in (
      select id from memberships as m where state = 'left' and since < ${before} and not exists (select from dues as d where d.membership_id = m.id)
      order by since, id limit ${most})`,
  requests: (before, most) => sql`
    delete from join_requests where id in (select id from join_requests where decided_at < ${before} order by decided_at, id limit ${most})`,
  invitations: (before, most) => sql`
    delete from invitations where id in (
      select id from invitations where least(expires_at, coalesce(revoked_at, expires_at)) < ${before} order by expires_at, id limit ${most})`,
  notifications: (before, most) => sql`
    delete from notifications where id in (select id from notifications where read_at < ${before} order by read_at, id limit ${most})`,
};

/** What is taken away because its time is over, in PostgreSQL. */
export function makeRetentionService({ db, clock }: ServiceDeps): RetentionService {
  return {
    async findEnd(key, usual) {
      const { retention } = await readSettings(db);
      return endOf(key, retentionOf(key, retention, usual ?? undefined), clock.now());
    },
    async takeAway(tx, key, before, most) {
      const { rowCount } = await tx.execute(STATEMENTS[key](before, most));
      return rowCount ?? 0;
    },
    async note(tx, { what, before, count }) {
      if (count > 0) await tx.insert(retentionRuns).values({ what, before, count });
    },
    async listRuns() {
      const { what, before, count, ranAt } = retentionRuns;
      return db.select({ what, before, count, ranAt }).from(retentionRuns).orderBy(desc(ranAt), desc(retentionRuns.id)).limit(SHOWN);
    },
  };
}
