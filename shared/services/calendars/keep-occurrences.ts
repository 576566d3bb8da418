import { asc, eq, sql } from "drizzle-orm";
import type { RoomClash } from "../../contracts/calendar-desk.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarEntryId, RoomClosureId, RoomId } from "../../models/ids.ts";
import { entryOverrides } from "../../models/occurrences.ts";
import type { EntryModel, OverrideRow } from "./entry-model.ts";
import { dropLapsed, IS_LIVE_CLAIM, LEAVES, reclaimBookings, relatedTo } from "./room-claims.ts";

/** What came of making an entry's times. clashes: of its rooms; those times are marked as unplaced. */
export interface KeptOccurrences {
  readonly count: number;
  readonly isCut: boolean;
  readonly troubles: readonly string[];
  readonly unplaced: number;
}

/** The rules of zones that this process knows. */
export const ZONE_RULES = process.versions["tz"] ?? "unknown";

/** An entry with its overrides; null: it is not there. The row is locked. */
export async function lockEntry(tx: Tx, id: CalendarEntryId): Promise<EntryModel | null> {
  const [entry] = await tx.select().from(calendarEntries).where(eq(calendarEntries.id, id)).for("update");
  if (!entry) return null;
  const overrides = await tx.select().from(entryOverrides).where(eq(entryOverrides.entryId, id)).orderBy(asc(entryOverrides.id));
  return { entry, overrides };
}

/**
 * Makes the table of times agree with what an entry says, and its claims of rooms with its times. The caller holds the entry's row.
 * What is before the span that is looked at stays as it is.
 */
export async function keepOccurrences(tx: Tx, model: EntryModel, now: Date): Promise<KeptOccurrences> {
  const { expandEntry } = await import("./expand-entry.ts"); // megabytes that only a process which changes entries needs
  const { entry } = model;
  const { rows, isCut, from, to, troubles } = expandEntry(model, now);
  const roomOf = new Map(model.overrides.map((override) => [override.id, roomIn(entry.roomId, override)]));
  const list = JSON.stringify(
    rows.map((row) => ({ ...row, roomId: row.overrideId === null ? entry.roomId : (roomOf.get(row.overrideId) ?? null) })),
  );
  await tx.execute(sql`
    with made as (
      select * from jsonb_to_recordset(${list}::jsonb) as (key text, "overrideId" bigint, "roomId" bigint, "startsAt" timestamptz, "endsAt" timestamptz, "isCancelled" boolean)
    ), gone as (
      delete from occurrences where entry_id = ${entry.id} and starts_at >= ${from.toISOString()}::timestamptz and key not in (select key from made)
    )
    insert into occurrences (entry_id, key, override_id, calendar_id, room_id, starts_at, ends_at, is_cancelled)
    select ${entry.id}, key, "overrideId", ${entry.calendarId}, "roomId", "startsAt", "endsAt", "isCancelled" from made
    on conflict (entry_id, key) do update set override_id = excluded.override_id, calendar_id = excluded.calendar_id, room_id = excluded.room_id,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, is_cancelled = excluded.is_cancelled`);
  await tx
    .update(calendarEntries)
    .set({ expandedTo: entry.recurrence.length > 0 ? to : FOR_EVER, expandedWith: ZONE_RULES })
    .where(eq(calendarEntries.id, entry.id));
  const unplaced = await keepClaims(tx, entry.id, now);
  return { count: rows.length, isCut, troubles, unplaced };
}

function roomIn(roomId: RoomId | null, override: OverrideRow): RoomId | null {
  return override.isElsewhere ? null : (override.roomId ?? roomId);
}

/** What takes place once has no horizon. */
const FOR_EVER = new Date("9999-01-01T00:00:00Z");

/**
 * Claims the rooms of a confirmed entry's times that are to come. Who was first has it: a time whose room is taken is marked as unplaced.
 * Gives how many are.
 */
async function keepClaims(tx: Tx, entryId: CalendarEntryId, now: Date): Promise<number> {
  await tx.execute(sql`
    delete from room_claims using occurrences where room_claims.occurrence_id = occurrences.id and occurrences.entry_id = ${entryId}`);
  const span = sql`select leaf, tstzrange(starts_at, ends_at) as during from occurrences join (${LEAVES}) as leaves on root = room_id where entry_id = ${entryId}`;
  await dropLapsed(tx, span, now);
  const { rows } = await tx.execute<{ unplaced: number; lost: number; regained: number }>(sql`
    with wanted as (
      select occurrences.id, leaf, tstzrange(occurrences.starts_at, occurrences.ends_at) as during
      from occurrences join calendar_entries on calendar_entries.id = entry_id join (${LEAVES}) as leaves on root = occurrences.room_id
      where entry_id = ${entryId} and calendar_entries.status = 'confirmed' and not occurrences.is_cancelled
        and occurrences.ends_at > ${now.toISOString()}::timestamptz and occurrences.ends_at > occurrences.starts_at
    ), claimed as (
      insert into room_claims (room_id, during, occurrence_id)
      select leaf, during, id from wanted order by leaf, during on conflict do nothing returning occurrence_id, room_id
    ), missing as (
      select distinct id from wanted where not exists (select from claimed where occurrence_id = id and room_id = leaf)
    ), marked as (
      update occurrences set is_unplaced = exists (select from missing where missing.id = occurrences.id)
      where entry_id = ${entryId} and is_unplaced <> exists (select from missing where missing.id = occurrences.id)
      returning id, is_unplaced
    )
    select (select count(*) from missing)::int as unplaced, (select count(*) from marked where is_unplaced)::int as lost,
      (select count(*) from marked where not is_unplaced and id in (select id from wanted))::int as regained`);
  const { unplaced = 0, lost = 0, regained = 0 } = rows[0] ?? {};
  if (lost > 0 || regained > 0) await tellOfPlacing(tx, entryId, lost > 0 ? "Remove" : "Add");
  return unplaced;
}

/** Whoever organises it hears that its room is taken at some time, or that it has it after all. */
async function tellOfPlacing(tx: Tx, id: CalendarEntryId, type: "Remove" | "Add"): Promise<void> {
  const [entry] = await tx
    .select({ name: calendarEntries.title, slug: calendarEntries.slug })
    .from(calendarEntries)
    .where(eq(calendarEntries.id, id));
  const details = { name: entry?.name ?? "", path: `/entries/${entry?.slug}` };
  await emitActivity(tx, { originApp: "events", actorId: null, type, object: { type: "Placing", id }, details });
}

const MOST_CLASHES = 3;

/** The first few of what has an entry's rooms at its times, the soonest first. What is booked has no title: it is nobody's to see. */
export async function listClashes(tx: Pick<Tx, "execute">, entryId: CalendarEntryId, now: Date): Promise<readonly RoomClash[]> {
  const { rows } = await tx.execute<{ room: string; title: string | null; startsAt: string; endsAt: string; zone: string }>(sql`
    with leaves as (${LEAVES}), mine as (
      select occurrences.id, occurrences.room_id, leaf, occurrences.starts_at, occurrences.ends_at, calendar_entries.zone
      from occurrences join calendar_entries on calendar_entries.id = entry_id join leaves on root = occurrences.room_id
      where entry_id = ${entryId} and not is_cancelled and occurrences.ends_at > ${now.toISOString()}::timestamptz
    ), claimed as (
      select distinct on (lower(during), theirs.id, claim.booking_time_id) rooms.name as room, coalesce(entry_overrides.title, calendar_entries.title) as title,
        lower(during) as starts_at, upper(during) as ends_at, coalesce(calendar_entries.zone, booking.zone, mine.zone) as zone
      from mine join room_claims as claim on claim.room_id = mine.leaf and during && tstzrange(mine.starts_at, mine.ends_at)
      left join occurrences as theirs on theirs.id = claim.occurrence_id left join calendar_entries on calendar_entries.id = theirs.entry_id
      left join entry_overrides on entry_overrides.id = theirs.override_id left join booking_times on booking_times.id = claim.booking_time_id
      left join bookings as booking on booking.id = booking_times.booking_id join rooms on rooms.id = claim.room_id
      where theirs.entry_id is distinct from ${entryId} and ${IS_LIVE_CLAIM}
      order by lower(during), theirs.id, claim.booking_time_id, rooms.id
    ), closed as (
      select distinct rooms.name as room, 'closed: ' || reason as title, greatest(closure.starts_at, mine.starts_at) as starts_at,
        least(coalesce(closure.ends_at, mine.ends_at), mine.ends_at) as ends_at, mine.zone
      from mine join room_closures as closure on lifted_at is null and tstzrange(closure.starts_at, closure.ends_at) && tstzrange(mine.starts_at, mine.ends_at)
      join rooms on rooms.id = closure.room_id where closure.room_id in (select id from (${relatedTo(sql`mine.room_id`)}) as related)
    )
    select room, title, to_json(starts_at) #>> '{}' as "startsAt", to_json(ends_at) #>> '{}' as "endsAt", zone
    from (select * from claimed union all select * from closed) as found order by starts_at, room, title limit ${MOST_CLASHES}`);
  return rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt), endsAt: new Date(row.endsAt) }));
}

/** Gives rooms that have become free to times that were made when they were taken. */
export async function placeUnplaced(tx: Tx, now: Date): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select distinct entry_id as id from occurrences where is_unplaced and ends_at > ${now.toISOString()}::timestamptz order by 1`,
  );
  for (const { id } of rows) await keepClaims(tx, Number(id) as CalendarEntryId, now);
}

/** Claims anew what the bookings and entries of a room, or of one around it, have: its tree was changed. */
export async function reclaim(tx: Tx, roomIds: readonly RoomId[], now: Date): Promise<void> {
  const { rows: around } = await tx.execute<{ id: string }>(sql`
    with recursive around as (
      select id, within_id from rooms where id = any(${sql.param([...roomIds])}::bigint[])
      union select rooms.id, rooms.within_id from rooms join around on rooms.id = around.within_id
    )
    select id from around order by id`);
  const ids = around.map(({ id }) => Number(id));
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct entry_id as id from occurrences where room_id = any(${sql.param(ids)}::bigint[]) and ends_at > ${now.toISOString()}::timestamptz order by 1`);
  await reclaimBookings(tx, ids, now);
  for (const { id } of rows) await keepClaims(tx, Number(id) as CalendarEntryId, now);
}

/** Takes rooms that were closed just now from the entries that have them then. Gives how many of their times have no room now. */
export async function giveUpClosed(tx: Tx, closureId: RoomClosureId, now: Date): Promise<number> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct occurrences.entry_id as id from room_closures as closure
    join room_claims on room_claims.during && tstzrange(closure.starts_at, closure.ends_at)
      and room_claims.room_id in (select id from (${relatedTo(sql`closure.room_id`)}) as related where lies <> 'around')
    join occurrences on occurrences.id = room_claims.occurrence_id
    where closure.id = ${closureId} and occurrences.ends_at > ${now.toISOString()}::timestamptz order by 1`);
  let unplaced = 0;
  for (const { id } of rows) unplaced += await keepClaims(tx, Number(id) as CalendarEntryId, now);
  return unplaced;
}
