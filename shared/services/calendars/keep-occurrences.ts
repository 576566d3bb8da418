import { asc, eq, sql } from "drizzle-orm";
import type { RoomClash } from "../../contracts/calendar-desk.ts";
import type { Tx } from "../../contracts/tx.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarEntryId, RoomId } from "../../models/ids.ts";
import { entryOverrides } from "../../models/occurrences.ts";
import type { EntryModel, OverrideRow } from "./entry-model.ts";

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

/** The rooms inside a room that have none inside them, itself where it has none. */
const LEAVES = sql`
  with recursive inside as (
    select id as root, id from rooms union all select inside.root, rooms.id from rooms join inside on rooms.within_id = inside.id
  )
  select root, id as leaf from inside where not exists (select from rooms as inner_room where inner_room.within_id = inside.id)`;

/**
 * Claims the rooms of a confirmed entry's times that are to come. Who was first has it: a time whose room is taken is marked as unplaced.
 * Gives how many are.
 */
async function keepClaims(tx: Tx, entryId: CalendarEntryId, now: Date): Promise<number> {
  await tx.execute(sql`
    delete from room_claims using occurrences where room_claims.occurrence_id = occurrences.id and occurrences.entry_id = ${entryId}`);
  // what is only held, and that no longer, is in nobody's way
  await tx.execute(sql`
    delete from room_claims using occurrences, (${LEAVES}) as leaves
    where entry_id = ${entryId} and root = occurrences.room_id and room_claims.room_id = leaf
      and during && tstzrange(starts_at, ends_at) and expires_at <= ${now.toISOString()}::timestamptz`);
  const { rows } = await tx.execute<{ unplaced: string }>(sql`
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
    )
    select count(*) as unplaced from missing`);
  return Number(rows[0]?.unplaced ?? 0);
}

const MOST_CLASHES = 3;

/** The first few of what has an entry's rooms at its times, the soonest first. */
export async function listClashes(tx: Pick<Tx, "execute">, entryId: CalendarEntryId, now: Date): Promise<readonly RoomClash[]> {
  const { rows } = await tx.execute<{ room: string; title: string; startsAt: string; endsAt: string; zone: string }>(sql`
    with leaves as (${LEAVES}), mine as (
      select occurrences.id, leaf, starts_at, ends_at from occurrences join leaves on root = occurrences.room_id
      where entry_id = ${entryId} and not is_cancelled and ends_at > ${now.toISOString()}::timestamptz
    )
    select distinct on (theirs.starts_at, theirs.id) rooms.name as room, coalesce(entry_overrides.title, calendar_entries.title) as title,
      to_json(theirs.starts_at) #>> '{}' as "startsAt", to_json(theirs.ends_at) #>> '{}' as "endsAt", calendar_entries.zone
    from mine join room_claims on room_claims.room_id = mine.leaf and during && tstzrange(mine.starts_at, mine.ends_at)
    join occurrences as theirs on theirs.id = room_claims.occurrence_id and theirs.entry_id <> ${entryId}
    join calendar_entries on calendar_entries.id = theirs.entry_id join rooms on rooms.id = room_claims.room_id
    left join entry_overrides on entry_overrides.id = theirs.override_id
    order by theirs.starts_at, theirs.id limit ${MOST_CLASHES}`);
  return rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt), endsAt: new Date(row.endsAt) }));
}

/** Gives rooms that have become free to times that were made when they were taken. */
export async function placeUnplaced(tx: Tx, now: Date): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select distinct entry_id as id from occurrences where is_unplaced and ends_at > ${now.toISOString()}::timestamptz order by 1`,
  );
  for (const { id } of rows) await keepClaims(tx, Number(id) as CalendarEntryId, now);
}

/** Claims anew what the entries of a room, or of one around it, have: its tree was changed. */
export async function reclaim(tx: Tx, roomIds: readonly RoomId[], now: Date): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive around as (
      select id, within_id from rooms where id = any(${sql.param([...roomIds])}::bigint[])
      union select rooms.id, rooms.within_id from rooms join around on rooms.id = around.within_id
    )
    select distinct entry_id as id from occurrences where room_id in (select id from around) and ends_at > ${now.toISOString()}::timestamptz order by 1`);
  for (const { id } of rows) await keepClaims(tx, Number(id) as CalendarEntryId, now);
}
