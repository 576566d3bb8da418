import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { CalendarEntryId, CalendarId, TicketTypeId } from "../../models/ids.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";
import { isPartOff, type TicketQuestion } from "../../models/tickets.ts";
import type { VatClass } from "../../models/vat.ts";
import { takenOfRef } from "../cart/taken.ts";
import type { SlotCount } from "./places.ts";

export type Reads = Pick<Tx, "execute">;

/** An entry at one of its times, as far as tickets go. key: that time's; "" where it takes place once. isOff: it does not take place. */
export interface EntryFacts {
  readonly id: CalendarEntryId;
  readonly slug: string;
  readonly title: string;
  readonly place: string;
  readonly calendarId: CalendarId;
  readonly zone: string;
  readonly isAllDay: boolean;
  readonly isSeries: boolean;
  /** Series that it was a part of before, whose passes are good here. */
  readonly continues: readonly CalendarEntryId[];
  readonly key: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly isOff: boolean;
  readonly capacity: number | null;
  /** Of times that have another one, by their keys. */
  readonly ownCapacity: Readonly<Record<string, number>>;
  readonly questions: readonly TicketQuestion[];
  readonly refundHours: number | null;
  readonly canTransfer: boolean;
  readonly hasWaitingList: boolean;
  readonly offerMinutes: number;
}

/** A type with what is counted of it at one time. */
export interface TypeFacts extends SlotCount {
  /** A pass of a series that this one was a part of: it takes places, and is not sold here. */
  readonly isFromBefore: boolean;
  readonly name: string;
  readonly priceMinor: number;
  readonly currency: string;
  readonly vatClass: VatClass;
  readonly covers: "whole" | "time";
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly perPerson: number | null;
  readonly code: string;
  readonly isForMembers: boolean;
  readonly groupName: string | null;
  readonly isDonation: boolean;
  readonly isClosed: boolean;
}

/** Locks an entry against everybody who takes places of it, or changes or cancels it. False: it is not there. */
export async function lockEntry(tx: Tx, entryId: CalendarEntryId): Promise<boolean> {
  const { rows } = await tx.execute(sql`select id from calendar_entries where id = ${entryId} for no key update`);
  return rows.length > 0;
}

/** The same by its name in addresses; null: it is not there. */
export async function lockNamed(tx: Tx, slug: string): Promise<CalendarEntryId | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`select id from calendar_entries where slug = ${slug} for no key update`);
  return rows[0] === undefined ? null : (Number(rows[0].id) as CalendarEntryId);
}

type Row = Omit<EntryFacts, "startsAt" | "endsAt" | "id" | "calendarId" | "continues"> & {
  id: string;
  continues: readonly (string | number)[];
  calendarId: string;
  startsAt: string;
  endsAt: string;
};

/** key null: the next time, or the last; "": the entry as a whole, at its next time. Null: nobody may see such an entry, or it never takes place. */
export async function readEntry(
  from: Reads,
  which: { id: CalendarEntryId } | { slug: string },
  { key, now }: { key: string | null; now: Date },
): Promise<EntryFacts | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const own = "id" in which ? sql`entry.id = ${which.id}` : sql`entry.slug = ${which.slug}`;
  const { rows } = await from.execute<Row & Record<string, unknown>>(sql`
    select entry.id, entry.slug, coalesce(other.title, entry.title) as title, entry.calendar_id as "calendarId",
      coalesce(nullif(coalesce(other.place, entry.place), ''), room.name, '') as place, coalesce(other.zone, entry.zone) as zone,
      coalesce(other.is_all_day, entry.is_all_day) as "isAllDay", entry.recurrence <> '{}' as "isSeries", to_jsonb(entry.continues) as continues,
      case when entry.recurrence = '{}' then '' else its.key end as key, its.starts_at as "startsAt", its.ends_at as "endsAt",
      entry.status <> 'confirmed' or its.is_cancelled as "isOff", box.capacity,
      (select coalesce(jsonb_object_agg(occurrence_key, capacity), '{}') from ticket_times where entry_id = entry.id) as "ownCapacity",
      coalesce(box.questions, '[]') as questions,
      case when box.entry_id is null then 48 else box.refund_hours end as "refundHours", coalesce(box.can_transfer, true) as "canTransfer",
      coalesce(box.has_waiting_list, true) as "hasWaitingList", coalesce(box.offer_minutes, 720) as "offerMinutes"
    from calendar_entries as entry
    join lateral (
      select * from occurrences as this where this.entry_id = entry.id and (${key ?? ""}::text = '' or entry.recurrence = '{}' or this.key = ${key ?? ""})
      order by this.ends_at > ${at} desc, abs(extract(epoch from this.starts_at - ${at})), this.id limit 1) as its on true
    left join entry_overrides as other on other.id = its.override_id
    left join rooms as room on room.id = its.room_id
    left join ticket_boxes as box on box.entry_id = entry.id
    where ${own} and entry.status in ('confirmed', 'cancelled')`);
  const [row] = rows;
  if (row === undefined) return null;
  return {
    ...row,
    id: Number(row.id) as CalendarEntryId,
    continues: row.continues.map((id) => Number(id) as CalendarEntryId),
    calendarId: Number(row.calendarId) as CalendarId,
    startsAt: new Date(row.startsAt),
    endsAt: new Date(row.endsAt),
  };
}

/** Leaves out what counts one's own wish twice: a line of a cart, an order, or somebody on the waiting list. */
export interface Except {
  readonly lineId?: number | null;
  readonly orderId?: number | null;
}

type TypeRow = Omit<TypeFacts, "typeId" | "opensAt" | "closesAt"> & { typeId: string; opensAt: string | null; closesAt: string | null };

/**
 * All types of an entry with what is counted of them at these times; what covers the whole entry has the key "". Passes of series that
 * it was a part of when they were handed out are counted with them.
 */
export async function countPlaces(
  from: Reads,
  { id, isSeries, continues }: Pick<EntryFacts, "id" | "isSeries" | "continues">,
  keys: readonly string[],
  { lineId = 0, orderId = 0 }: Except = {},
): Promise<readonly TypeFacts[]> {
  const taken = (ref: SQL) => takenOfRef(sql`'ticket'`, ref, { exceptLine: sql`${lineId}`, exceptOrder: sql`${orderId}` });
  const paid = sql.raw(PAID_STATUSES.map((status) => `'${status}'`).join(", "));
  const waits = (state: string) => sql`coalesce((select sum(quantity)::int from ticket_waits as wait
    where type.entry_id = ${id} and wait.ticket_type_id = type.id and wait.occurrence_key = slot.key and wait.state = ${state}
      ${state === "offered" ? sql`and wait.offered_until > now()` : sql``}), 0)`;
  const { rows } = await from.execute<TypeRow & Record<string, unknown>>(sql`
    select type.id as "typeId", type.entry_id <> ${id} as "isFromBefore", slot.key, type.name, price_minor as "priceMinor", currency, type.capacity, vat_class as "vatClass", covers,
      opens_at as "opensAt", closes_at as "closesAt", per_person as "perPerson", code, is_for_members as "isForMembers", group_name as "groupName", is_donation as "isDonation", is_closed as "isClosed",
      case when type.entry_id <> ${id} then (select count(*)::int from tickets as pass
          where pass.ticket_type_id = type.id and pass.status <> 'cancelled' and pass.created_at <= (select created_at from calendar_entries where id = ${id})
            and not ${isPartOff("pass", id)})
        else case when is_donation then ${taken(sql`any (array(
          select ref from order_lines where kind = 'ticket' and starts_with(ref, ref_of.ref)
          union select ref from cart_lines where kind = 'ticket' and starts_with(ref, ref_of.ref)))`)}
        else ${taken(sql`ref_of.ref`)} end
      + (select count(*)::int from tickets as free where free.ticket_type_id = type.id and free.occurrence_key = slot.key
          and free.order_line_id is null and free.status <> 'cancelled')
      - (select count(*)::int from tickets as back join order_lines as line on line.id = back.order_line_id join orders on orders.id = line.order_id
          where back.ticket_type_id = type.id and back.occurrence_key = slot.key and back.status = 'cancelled'
            and orders.status in (${paid}) and orders.id <> ${orderId}) end as taken,
      ${waits("offered")} as offered, ${waits("waiting")} as waiting
    from ticket_types as type
    cross join lateral unnest(case when covers = 'time' and ${isSeries} then ${sql.param(keys)}::text[] else array[''] end) as slot (key)
    cross join lateral (select lpad(type.entry_id::text, 12, '0') || '.' || type.id || '.' || coalesce(nullif(slot.key, ''), '-')
      || case when is_donation then '.p' else '' end as ref) as ref_of
    where type.entry_id = ${id} or (covers = 'whole' and type.entry_id = any(${sql.param(continues)}::bigint[])) order by type.position, type.id, slot.key`);
  const at = (text: string | null) => (text === null ? null : new Date(text));
  return rows.map((row) => ({ ...row, typeId: Number(row.typeId) as TicketTypeId, opensAt: at(row.opensAt), closesAt: at(row.closesAt) }));
}

/**
 * The times at which places have to be counted for a wish: its own; of a pass, where all share a capacity, each that is still to come.
 */
export async function timesThatCount(
  from: Reads,
  { id, isSeries, continues, key, capacity, ownCapacity }: EntryFacts,
  now: Date,
): Promise<readonly string[]> {
  if (!isSeries) return [""];
  if (capacity === null && Object.keys(ownCapacity).length === 0) return [key];
  const { rows } = await from.execute<{ key: string }>(sql`
    select key from occurrences as this where entry_id = ${id} and ends_at > ${now.toISOString()}::timestamptz
      and exists (select from ticket_types where entry_id = any(${sql.param([id, ...continues])}::bigint[]) and covers = 'whole') order by starts_at, key limit 600`);
  return [...new Set([key, ...rows.map((row) => row.key)])];
}
