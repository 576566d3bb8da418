import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { CalendarEntryId } from "../../models/ids.ts";

/** keyAt: what the time under a key is called from now on; null: it stays where it is. */
interface CarryOver {
  readonly from: CalendarEntryId;
  readonly to: CalendarEntryId;
  readonly keyAt: (key: string) => string | null;
}

/** A name that changes. */
interface Renamed {
  readonly old: string;
  readonly new: string;
}

/**
 * Times of a series became those of another one, or are called otherwise: kinds of tickets with how they are given out, what is held
 * and ordered, tickets, who waits, and how many places there are go with them. What no time of the new series stands for stays with
 * the old one. The caller holds both entries, whose occurrences are as they will be.
 */
export async function carryOver(tx: Tx, { from, to, keyAt }: CarryOver): Promise<void> {
  const types = from === to ? await ownTypes(tx, to) : await copyTypes(tx, from, to);
  if (from !== to) await copyPartsOff(tx, from, to);
  if (types.length === 0) return;
  const known = await keysOf(tx, to);
  const keys = (await usedKeys(tx, from)).flatMap((key) => {
    const next = keyAt(key);
    if (next === null || (from === to && next === key) || !known.has(next)) return [];
    return [{ old: key, new: known.get(next) ?? "" }];
  });
  if (keys.length > 0) await rename(tx, { from, to, types, keys });
}

/** What is parted once more stays given back in both parts. */
async function copyPartsOff(tx: Tx, from: CalendarEntryId, to: CalendarEntryId): Promise<void> {
  await tx.execute(sql`
    insert into ticket_parts_off (ticket_id, entry_id, price_minor) select ticket_id, ${to}::bigint, 0 from ticket_parts_off where entry_id = ${from}
    on conflict do nothing`);
}

async function ownTypes(tx: Tx, entryId: CalendarEntryId): Promise<readonly Renamed[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`select id from ticket_types where entry_id = ${entryId} order by id`);
  return rows.map(({ id }) => ({ old: id, new: id }));
}

/** The kinds of an entry for another one, with how they are given out; by their old and new ids. */
async function copyTypes(tx: Tx, from: CalendarEntryId, to: CalendarEntryId): Promise<readonly Renamed[]> {
  await tx.execute(sql`
    insert into ticket_boxes (entry_id, capacity, questions, refund_hours, can_transfer, has_waiting_list, offer_minutes)
    select ${to}::bigint, capacity, questions, refund_hours, can_transfer, has_waiting_list, offer_minutes from ticket_boxes where entry_id = ${from}`);
  const columns = sql.raw(
    "name, price_minor, currency, capacity, position, vat_class, covers, opens_at, closes_at, per_person, code, is_for_members, group_name, is_donation, is_closed",
  );
  await tx.execute(sql`
    insert into ticket_types (entry_id, ${columns}) select ${to}::bigint, ${columns} from ticket_types where entry_id = ${from} order by id`);
  const { rows } = await tx.execute<{ old: string; new: string }>(sql`
    select was.id as old, copy.id as new from ticket_types as was join ticket_types as copy on copy.name = was.name
    where was.entry_id = ${from} and copy.entry_id = ${to} order by was.id`);
  return rows;
}

/** How times are called, and under which key tickets of them are: of what takes place once, under none. */
async function keysOf(tx: Tx, entryId: CalendarEntryId): Promise<ReadonlyMap<string, string>> {
  const { rows } = await tx.execute<{ key: string; slot: string }>(sql`
    select its.key, case when entry.recurrence = '{}' then '' else its.key end as slot
    from occurrences as its join calendar_entries as entry on entry.id = its.entry_id where entry.id = ${entryId} and not its.is_cancelled`);
  return new Map(rows.map(({ key, slot }) => [key, slot]));
}

/** Times of which somebody has or wants something, or that have places of their own. */
async function usedKeys(tx: Tx, entryId: CalendarEntryId): Promise<readonly string[]> {
  const types = sql`(select id from ticket_types where entry_id = ${entryId})`;
  const refs = (table: "order_lines" | "cart_lines") =>
    sql`select split_part(ref, '.', 3) as key from ${sql.identifier(table)} where kind = 'ticket' and starts_with(ref, ${refStart(entryId)})`;
  const { rows } = await tx.execute<{ key: string }>(sql`
    select distinct key from (
      select occurrence_key as key from tickets where ticket_type_id in ${types}
      union select occurrence_key from ticket_waits where ticket_type_id in ${types}
      union select occurrence_key from ticket_times where entry_id = ${entryId}
      union ${refs("order_lines")} union ${refs("cart_lines")}) as used where key not in ('', '-')`);
  return rows.map(({ key }) => key);
}

const refStart = (entryId: CalendarEntryId) => `${String(entryId).padStart(12, "0")}.`;

interface Names {
  readonly from: CalendarEntryId;
  readonly to: CalendarEntryId;
  readonly types: readonly Renamed[];
  readonly keys: readonly Renamed[];
}

/** Under names with a mark first, so that two which change places don't meet; then the mark goes. */
async function rename(tx: Tx, { from, to, types, keys }: Names): Promise<void> {
  const list = (words: readonly string[]) => sql.param(words);
  const type = sql`unnest(${list(types.map((one) => one.old))}::bigint[], ${list(types.map((one) => one.new))}::bigint[]) as type (old, new)`;
  const key = sql`unnest(${list(keys.map((one) => one.old))}::text[], ${list(keys.map((one) => one.new))}::text[]) as key (old, new)`;
  const marked = sql`'~' || key.new`;
  const ofSlot = (table: SQL) => sql`
    update ${table} as it set ticket_type_id = type.new, occurrence_key = ${marked} from ${type}, ${key}
    where it.ticket_type_id = type.old and it.occurrence_key = key.old`;
  await tx.execute(sql`
    update check_ins as it set occurrence_key = ${marked} from tickets, ${type}, ${key}
    where tickets.id = it.ticket_id and tickets.ticket_type_id = type.old and tickets.occurrence_key = key.old and it.occurrence_key = key.old`);
  for (const table of [sql`tickets`, sql`ticket_waits`]) await tx.execute(ofSlot(table));
  await tx.execute(sql`
    update ticket_times as it set entry_id = ${to}, occurrence_key = ${marked} from ${key}
    where it.entry_id = ${from} and it.occurrence_key = key.old and key.new <> ''`);
  const was = sql`${refStart(from)}::text || type.old || '.' || key.old`;
  for (const table of [sql`order_lines`, sql`cart_lines`]) {
    await tx.execute(sql`
      update ${table} as it set ref = '~' || ${refStart(to)}::text || type.new || '.' || coalesce(nullif(key.new, ''), '-') || substr(it.ref, length(${was}) + 1)
      from ${type}, ${key} where it.kind = 'ticket' and (it.ref = ${was} or starts_with(it.ref, ${was} || '.p'))`);
    await tx.execute(sql`update ${table} set ref = substr(ref, 2) where kind = 'ticket' and starts_with(ref, '~')`);
  }
  for (const table of [sql`check_ins`, sql`tickets`, sql`ticket_waits`, sql`ticket_times`]) {
    await tx.execute(sql`update ${table} set occurrence_key = substr(occurrence_key, 2) where starts_with(occurrence_key, '~')`);
  }
}
