import { type SQL, sql } from "drizzle-orm";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";

/** Days in which dues are due before they are overdue. */
const GRACE_DAYS = 30;

/** How dues stand, of rows of memberships as m and groups as g, by the days of the co-operative's zone. */
export interface DuesSql {
  /** The first day that the next dues cover. */
  readonly from: SQL;
  /** The last one; null: the group has none. */
  readonly until: SQL;
  readonly state: SQL;
}

/** period: of the next dues, where it is not the group's own. */
export function duesSql({ clock, timeZone }: Pick<ServiceDeps, "clock" | "timeZone">, period: SQL = sql`g.dues_period`): DuesSql {
  const today = sql`(${clock.now()}::timestamptz at time zone ${timeZone}::text)::date`;
  const joined = sql`(m.since at time zone ${timeZone}::text)::date`;
  const from = sql`greatest(m.paid_until + 1, ${joined})`;
  const until = sql`(${from} + case ${period} when 'month' then interval '1 month' when 'year' then interval '1 year' end - interval '1 day')::date`;
  const lastWay = sql`(select way from dues as d where d.membership_id = m.id and d.taken_back_at is null order by d.until_on desc, d.id desc limit 1)`;
  const state = sql`case
    when g.dues_minor is null then 'none'
    when m.paid_until >= ${today} and ${lastWay} = 'waived' then 'waived'
    when m.paid_until >= ${today} then 'paid'
    when ${today} < ${from} + ${GRACE_DAYS}::int then 'due'
    else 'overdue' end`;
  return { from, until, state };
}
