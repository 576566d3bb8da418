import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { CalendarDeskService, DeskLine, EntryDraft, EntryForEditing } from "../../contracts/calendar-desk.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendars, rooms } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import type { RoomId, UserId } from "../../models/ids.ts";
import { media } from "../../models/media.ts";
import { entryOverrides, occurrences } from "../../models/occurrences.ts";
import { entryCardOf, entryColumns } from "../events/entry-card.ts";
import { isNextTime } from "../events/next-time.ts";
import type { EntryModel } from "./entry-model.ts";
import { listClashes } from "./keep-occurrences.ts";
import { type CalendarRights, openCalendar } from "./rights.ts";
import { ruleWords } from "./rule-words.ts";

const MOST_LINES = 100;

type Reads = Pick<CalendarDeskService, "listOpenCalendars" | "listQueue" | "isKeeper" | "listOwn" | "getForEditing">;

/** What those read who propose and decide. */
export function makeDeskReads(deps: ServiceDeps, rights: CalendarRights): Reads {
  const { db } = deps;
  const keptBy = async (userId: UserId) => (await rights.listOpen(db, userId)).filter(({ isKeeper }) => isKeeper);
  return {
    listOpenCalendars: (userId) => rights.listOpen(db, userId),
    async isKeeper(userId) {
      return (await keptBy(userId)).length > 0;
    },
    async listQueue(userId) {
      const ids = (await keptBy(userId)).map(({ id }) => id);
      if (ids.length === 0) return [];
      const waiting = and(eq(calendarEntries.status, "proposed"), inArray(calendarEntries.calendarId, ids));
      const lines = await listLines(deps, waiting, asc(calendarEntries.createdAt));
      return Promise.all(lines.map(async (line) => ({ ...line, clashes: await listClashes(db, line.id, deps.clock.now()) })));
    },
    async listOwn(userId) {
      const isOwn = eq(calendarEntries.organiserId, userId);
      return listLines(deps, isOwn, sql`${calendarEntries.status} = 'proposed' desc, ${desc(calendarEntries.createdAt)}`);
    },
    getForEditing: (userId, slug, key) => getForEditing(deps, rights, { userId, slug, key }),
  };
}

async function listLines(
  { db, clock, publicUrl }: ServiceDeps,
  which: ReturnType<typeof and>,
  order: ReturnType<typeof asc>,
): Promise<DeskLine[]> {
  const rows = await db
    .select({
      ...entryColumns,
      id: calendarEntries.id,
      revision: calendarEntries.revision,
      proposedBy: users.name,
      recurrence: calendarEntries.recurrence,
      roomName: rooms.name,
      decisionNote: calendarEntries.decisionNote,
    })
    .from(occurrences)
    .innerJoin(calendarEntries, eq(calendarEntries.id, occurrences.entryId))
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(entryOverrides, eq(entryOverrides.id, occurrences.overrideId))
    .leftJoin(rooms, eq(rooms.id, occurrences.roomId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .leftJoin(users, eq(users.id, calendarEntries.organiserId))
    .where(and(which, isNextTime(sql`${clock.now().toISOString()}::timestamptz`)))
    .orderBy(order, asc(calendarEntries.id))
    .limit(MOST_LINES);
  return rows.map(({ recurrence, ...row }) => ({
    ...row,
    entry: entryCardOf(row, publicUrl),
    rule: ruleWords(recurrence, row.zone),
    clashes: [],
  }));
}

async function getForEditing(
  { db }: ServiceDeps,
  rights: CalendarRights,
  { userId, slug, key }: { userId: UserId; slug: string; key: string | null },
): Promise<EntryForEditing> {
  const gone = () => new CodedError("not-found", "There is nothing here that you may change.", { slug, key });
  const [entry] = await db.select().from(calendarEntries).where(eq(calendarEntries.slug, slug));
  if (!entry) throw gone();
  const calendar = await openCalendar(rights, db, { userId, calendarId: entry.calendarId });
  const isOrganiser = entry.organiserId === userId;
  if (!calendar || (!calendar.isKeeper && !isOrganiser)) throw gone();
  const overrides = await db.select().from(entryOverrides).where(eq(entryOverrides.entryId, entry.id)).orderBy(asc(entryOverrides.id));
  const model: EntryModel = { entry, overrides };
  const draft = await draftOf(db, model, key);
  if (draft === null) throw gone();
  const { id, revision, status, decisionNote } = entry;
  return {
    ...{ id, slug, revision, status, calendar, decisionNote, key },
    draft: draft.draft,
    isSeries: entry.recurrence.length > 0,
    isFromFeed: entry.feedId !== null,
    isCancelled: status === "cancelled" || draft.isCancelled,
    mayDecide: calendar.isKeeper,
  };
}

/** What stands for the whole entry, or at one of its times; null: it has no time of that name. */
async function draftOf(
  db: ServiceDeps["db"],
  model: EntryModel,
  key: string | null,
): Promise<{ draft: EntryDraft; isCancelled: boolean } | null> {
  const { eventsOf, momentOfKey } = await import("./entry-model.ts");
  const { entry, overrides } = model;
  const [master] = eventsOf(model);
  if (!master) return null;
  const words = {
    title: entry.title,
    summary: entry.summary,
    text: entry.text || entry.html,
    place: entry.place,
    onlineUrl: entry.onlineUrl,
  };
  const whole = {
    ...words,
    tags: entry.tags,
    roomId: entry.roomId,
    pictureId: entry.pictureId,
    zone: entry.zone,
    isAllDay: entry.isAllDay,
    recurrence: entry.recurrence,
  };
  const at = (local: typeof master.start.local) => ({
    startsLocal: local.toString({ smallestUnit: "minute" }),
    endsLocal: local.add(master.length.duration).toString({ smallestUnit: "minute" }),
  });
  if (key === null) return { draft: { ...whole, ...at(master.start.local) }, isCancelled: false };
  const [time] = await db
    .select({ isCancelled: occurrences.isCancelled, overrideId: occurrences.overrideId })
    .from(occurrences)
    .where(and(eq(occurrences.entryId, entry.id), eq(occurrences.key, key)));
  const planned = momentOfKey(key, entry);
  if (!time || !planned) return null;
  const { linesFrom } = await import("./change-entry.ts");
  const following = { ...whole, recurrence: linesFrom(model, planned), ...at(planned.local) };
  const override = overrides.find(({ id, isFollowing }) => id === time.overrideId && !isFollowing);
  if (!override) return { draft: following, isCancelled: time.isCancelled };
  const own = {
    title: override.title ?? whole.title,
    summary: override.summary ?? whole.summary,
    text: override.text ?? whole.text,
    place: override.place ?? whole.place,
    onlineUrl: override.onlineUrl ?? whole.onlineUrl,
    tags: override.tags ?? whole.tags,
    roomId: override.isElsewhere ? null : ((override.roomId ?? whole.roomId) as RoomId | null),
    ...{ zone: override.zone, isAllDay: override.isAllDay },
  };
  const starts = override.startsLocal.replace(" ", "T").slice(0, 16);
  const { momentOf, lengthOf } = await import("./entry-model.ts");
  const ends = momentOf(override.startsLocal, override).local.add(lengthOf(override.duration, override).duration);
  return {
    draft: { ...following, ...own, startsLocal: starts, endsLocal: ends.toString({ smallestUnit: "minute" }) },
    isCancelled: time.isCancelled,
  };
}
