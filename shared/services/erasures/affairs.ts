import { sql } from "drizzle-orm";
import type { Affair } from "../../contracts/erasures.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { UserId } from "../../models/ids.ts";

const WHOLE_SITE_ROLES = ["admin", "steward"] as const;

interface Found extends Record<string, unknown> {
  kind: Affair["kind"];
  names: string[];
}

const WEIGHTS: Readonly<Record<Affair["kind"], Affair["weight"]>> = {
  "last-steward": "must-first",
  "unpaid-order": "waits",
  "open-order": "waits",
  "money-owed": "waits",
  tickets: "told",
  rooms: "told",
  apps: "told",
};

/**
 * What a member has on hand, the gravest first. Money and goods that are theirs are settled before anything of them goes; an order
 * that nobody fetched for three months is nothing that somebody waits for.
 */
export async function listAffairs(tx: Tx, relations: Pick<RelationsService, "listHolders">, userId: UserId): Promise<readonly Affair[]> {
  const { rows } = await tx.execute<Found>(sql`
    select kind, names from (
      select 1 as place, 'unpaid-order' as kind, array_agg(reference order by id) as names from orders
        where user_id = ${userId} and status = 'pending_payment'
      union all
      select 2, 'open-order', array_agg(reference order by id) from orders
        where user_id = ${userId} and status in ('paid', 'preparing', 'ready', 'partly_refunded') and created_at > now() - interval '90 days'
          and exists (select from order_lines line where line.order_id = orders.id and line.kind is null)
      union all
      select 3, 'money-owed', array_agg(reference order by id) from orders where user_id = ${userId} and status in ('refund_due', 'disputed')
      union all
      select 4, 'tickets', array_agg(distinct entry.title) from tickets t
        join ticket_types kind on kind.id = t.ticket_type_id join calendar_entries entry on entry.id = kind.entry_id
        where t.user_id = ${userId} and t.status = 'valid' and exists (
          select from occurrences o where o.entry_id = entry.id and o.ends_at > now() and (t.occurrence_key = '' or o.key = t.occurrence_key))
      union all
      select 5, 'rooms', array_agg(distinct room.name) from bookings b join rooms room on room.id = b.room_id
        where b.user_id = ${userId} and b.state in ('held', 'requested', 'approved', 'confirmed')
          and exists (select from booking_times bt where bt.booking_id = b.id and not bt.is_off and bt.ends_at > now())
      union all
      select 6, 'apps', array_agg(name order by name) from oauth_clients where owner_id = ${userId}
    ) found where names is not null order by place`);
  const roles: string[] = [];
  for (const role of WHOLE_SITE_ROLES) {
    const holders = await relations.listHolders(tx, role, "site");
    if (holders.length === 1 && holders[0] === userId) roles.push(role);
  }
  const last: Found[] = roles.length === 0 ? [] : [{ kind: "last-steward", names: roles }];
  return [...last, ...rows].map(({ kind, names }) => ({ kind, weight: WEIGHTS[kind], names }));
}
