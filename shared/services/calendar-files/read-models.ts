import { asc, inArray, type SQL } from "drizzle-orm";
import type { Db } from "../../infrastructure/db.ts";
import { rooms } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import { entryOverrides } from "../../models/occurrences.ts";
import type { EntryModel } from "../calendars/entry-model.ts";

/** A file holds no more entries. */
const MOST_ENTRIES = 5_000;

/** Entries with what is otherwise at single times, where a condition on entries holds; and the names of rooms and people by id. */
export async function readModels(db: Db, which: SQL | undefined) {
  const entries = await db
    .select()
    .from(calendarEntries)
    .where(which)
    .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.uid))
    .limit(MOST_ENTRIES);
  const organisers = entries.flatMap(({ organiserId }) => organiserId ?? []);
  const ids = entries.map(({ id }) => id);
  const [overrides, roomRows, people] = await Promise.all([
    ids.length === 0
      ? []
      : db
          .select()
          .from(entryOverrides)
          .where(inArray(entryOverrides.entryId, ids))
          .orderBy(asc(entryOverrides.key), asc(entryOverrides.isFollowing)),
    db.select({ id: rooms.id, name: rooms.name }).from(rooms),
    organisers.length === 0
      ? []
      : db.select({ id: users.id, name: users.name, handle: users.handle }).from(users).where(inArray(users.id, organisers)),
  ]);
  const byEntry = Map.groupBy(overrides, ({ entryId }) => entryId);
  const models: EntryModel[] = entries.map((entry) => ({ entry, overrides: byEntry.get(entry.id) ?? [] }));
  return {
    models,
    roomNames: new Map(roomRows.map((room) => [Number(room.id), room.name])),
    people: new Map(people.map((one) => [one.id, one])),
  };
}
