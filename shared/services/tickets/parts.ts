import { type SQL, sql } from "drizzle-orm";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { GiveBackResult, PassPart } from "../../contracts/tickets.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { CalendarEntryId, OrderId, TicketId, UserId } from "../../models/ids.ts";
import { isPartOff } from "../../models/tickets.ts";
import { lockEntry, type Reads } from "./entry-facts.ts";
import { offerPlaces } from "./offers.ts";

interface Row extends Record<string, unknown> {
  ticketId: string;
  ownId: string;
  orderId: string | null;
  priceMinor: number;
  entryId: string;
  slug: string;
  title: string;
  zone: string;
  isOff: boolean;
  startsAt: string;
  timesLeft: number;
  allTimes: number;
  refundHours: number | null;
}

interface Found {
  readonly ticketId: TicketId;
  readonly ownId: CalendarEntryId;
  readonly orderId: OrderId | null;
  readonly part: PassPart;
}

/** What went back for parts of a pass so far. */
export async function returnedOf(from: Reads, ticketId: TicketId): Promise<number> {
  const { rows } = await from.execute<{ sum: number }>(sql`
    select coalesce(sum(price_minor), 0)::int as sum from ticket_parts_off where ticket_id = ${ticketId}`);
  return rows[0]?.sum ?? 0;
}

export async function readParts(from: Reads, deps: ServiceDeps, which: SQL): Promise<readonly PassPart[]> {
  return (await findParts(from, deps, which)).map(({ part }) => part);
}

/**
 * Series that came of the one that a pass was handed out for, after that, and that were not given back. All times that the pass was good
 * at bear the same share of what was paid, as far ahead as they are known.
 */
async function findParts(from: Reads, { clock, publicUrl }: ServiceDeps, which: SQL): Promise<readonly Found[]> {
  const now = clock.now();
  const at = sql`${now.toISOString()}::timestamptz`;
  const { rows } = await from.execute<Row>(sql`
    select ticket.id as "ticketId", own.id as "ownId", line.order_id as "orderId", ticket.price_minor as "priceMinor",
      later.id as "entryId", later.slug, later.title, later.zone, later.status <> 'confirmed' as "isOff", ahead.starts_at as "startsAt", ahead.count as "timesLeft",
      case when box.entry_id is null then 48 else box.refund_hours end as "refundHours",
      (select count(*)::int from occurrences as its join calendar_entries as entry on entry.id = its.entry_id
        where (entry.id = own.id or entry.continues @> array[own.id] and ticket.created_at <= entry.created_at)
          and its.starts_at >= ticket.created_at and (not its.is_cancelled or entry.status <> 'confirmed')) as "allTimes"
    from tickets as ticket join ticket_types as type on type.id = ticket.ticket_type_id join calendar_entries as own on own.id = type.entry_id
    join calendar_entries as later on later.continues @> array[own.id] and ticket.created_at <= later.created_at and later.status in ('confirmed', 'cancelled')
    left join ticket_boxes as box on box.entry_id = later.id
    left join order_lines as line on line.id = ticket.order_line_id
    cross join lateral (
      select min(starts_at) as starts_at, count(*)::int as count from occurrences as its
      where its.entry_id = later.id and its.starts_at > ${at} and (not its.is_cancelled or later.status <> 'confirmed')) as ahead
    where ${which} and ticket.occurrence_key = '' and own.recurrence <> '{}' and ticket.status <> 'cancelled' and ahead.count > 0
      and not ${isPartOff("ticket", sql`later.id`)}
    order by ahead.starts_at, later.id`);
  const [first] = rows;
  const returned = first === undefined ? 0 : await returnedOf(from, Number(first.ticketId) as TicketId);
  return rows.map((row) => foundOf(row, { returned, now, publicUrl }));
}

function foundOf(row: Row, { returned, now, publicUrl }: { returned: number; now: Date; publicUrl: ServiceDeps["publicUrl"] }): Found {
  const { ticketId, ownId, orderId, priceMinor, entryId, slug, title, zone, isOff, timesLeft, allTimes, refundHours } = row;
  const startsAt = new Date(row.startsAt);
  const share = Math.floor((priceMinor * timesLeft) / Math.max(allTimes, timesLeft));
  const until = refundHours === null ? 0 : startsAt.getTime() - refundHours * 3_600_000;
  const part = {
    ...{
      entryId: Number(entryId) as CalendarEntryId,
      title,
      zone,
      isOff,
      startsAt,
      timesLeft,
      url: publicUrl("events", `/entries/${slug}`),
    },
    ...{ amountMinor: orderId === null ? 0 : Math.min(share, priceMinor - returned), canGiveBack: isOff || until > now.getTime() },
  };
  return {
    ...{ ticketId: Number(ticketId) as TicketId, ownId: Number(ownId) as CalendarEntryId, part },
    orderId: orderId === null ? null : (Number(orderId) as OrderId),
  };
}

interface Returned {
  /** Which ticket, called ticket. */
  readonly which: SQL;
  readonly by: UserId | null;
  readonly entryId: CalendarEntryId;
}

/** The order is locked before the series, as payments do, and the earlier series before the later one. */
export async function returnPart(
  tx: Tx,
  deps: ServiceDeps,
  payments: Pick<PaymentsService, "requestRefund">,
  { which, by, entryId }: Returned,
): Promise<GiveBackResult> {
  const find = async () => (await findParts(tx, deps, which)).find(({ part }) => part.entryId === entryId);
  const seen = await find();
  if (seen === undefined) return "closed";
  if (seen.orderId !== null) await tx.execute(sql`select id from orders where id = ${seen.orderId} for update`);
  await lockEntry(tx, seen.ownId);
  await lockEntry(tx, entryId);
  const found = await find();
  if (found === undefined || !found.part.canGiveBack) return "closed";
  const { ticketId, orderId, part } = found;
  if (orderId !== null && part.amountMinor > 0) {
    const requested = await payments.requestRefund(tx, {
      ...{ orderId, amountMinor: part.amountMinor, reason: "asked", note: "", by, way: "as-it-came" },
      requestKey: `ticket:${ticketId}:part:${entryId}`,
    });
    if (requested.kind === "in-flight") return "in-flight";
    if (requested.kind === "too-much") return "closed";
  }
  const { rows } = await tx.execute(sql`
    insert into ticket_parts_off (ticket_id, entry_id, price_minor) values (${ticketId}, ${entryId}, ${part.amountMinor}) on conflict do nothing returning ticket_id`);
  if (rows.length === 0) return "closed";
  await emitActivity(tx, {
    ...{ originApp: "events", actorId: by, type: "Update", object: { type: "Ticket", id: ticketId } },
    details: { state: "given back in part" },
  });
  await offerPlaces(tx, deps, entryId);
  return "given-back";
}
