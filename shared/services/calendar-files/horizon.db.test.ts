import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import type { EntryDraft } from "../../contracts/calendar-desk.ts";
import { openDb } from "../../infrastructure/db.ts";
import { calendarKeepers, calendarRooms, calendars, rooms } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import type { CalendarId, RoomId, UserId } from "../../models/ids.ts";
import { occurrences, roomClaims } from "../../models/occurrences.ts";
import { makeAuditService } from "../audit/index.ts";
import { makeCalendarDeskService } from "../calendars/index.ts";
import { makeCalendarFilesService } from "./index.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());

let now = new Date("2026-11-18T12:00:00Z");
const deps = {
  ...{ db, clock: { now: () => now }, timeZone: "Europe/London", locale: "en-GB" },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
};
const desk = makeCalendarDeskService(deps, { relations: { may: async () => false, list: async () => [], listHolders: async () => [] } });
const files = makeCalendarFilesService(deps, { audit: makeAuditService(deps) });

let ada: UserId;
let calendarId: CalendarId;
let hall: RoomId;

beforeAll(async () => {
  ada = (await db.insert(users).values({ handle: "ada", name: "Ada" }).returning({ id: users.id }))[0]?.id ?? expect.fail();
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  calendarId = (await db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  hall = (await db.insert(rooms).values({ slug: "hall", name: "Hall", position: 1 }).returning({ id: rooms.id }))[0]?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: ada });
  await db.insert(calendarRooms).values({ calendarId, roomId: hall });
});

async function propose(more: Partial<EntryDraft>) {
  const draft = {
    ...{
      title: "Choir",
      summary: "",
      text: "",
      place: "",
      roomId: hall,
      pictureId: null,
      onlineUrl: "",
      tags: [],
      zone: "Europe/London",
      isAllDay: false,
    },
    ...{ startsLocal: "2026-11-25T19:30", endsLocal: "2026-11-25T21:00", recurrence: [], ...more },
  };
  const made = await db.transaction((tx) => desk.propose(tx, { calendarId, draft, by: ada }));
  return "id" in made ? made : expect.fail(JSON.stringify(made));
}
async function night(): Promise<number> {
  let all = 0;
  for (let some = -1; some !== 0; all += some) some = await db.transaction((tx) => files.keepHorizon(tx, now));
  return all;
}
const lastOf = async (slug: string) =>
  (
    await db
      .select({ startsAt: occurrences.startsAt, isUnplaced: occurrences.isUnplaced })
      .from(occurrences)
      .innerJoin(calendarEntries, eq(calendarEntries.id, occurrences.entryId))
      .where(eq(calendarEntries.slug, slug))
      .orderBy(desc(occurrences.startsAt))
  )[0] ?? expect.fail();
const unplaced = () => db.$count(occurrences, eq(occurrences.isUnplaced, true));

it("moves with the nights: a series without an end goes on, and a room that somebody has by then is said to be taken, until it is free", async () => {
  const { slug } = await propose({ recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=WE"] });
  expect((await lastOf(slug)).startsAt.toISOString()).toBe("2028-05-17T18:30:00.000Z");
  expect(await night()).toBe(0);
  const feast = await propose({ title: "Feast", startsLocal: "2028-06-14T18:00", endsLocal: "2028-06-14T23:00" });
  now = new Date("2027-01-10T02:00:00Z");
  expect(await night()).toBe(1);
  expect((await lastOf(slug)).startsAt.toISOString()).toBe("2028-07-12T18:30:00.000Z");
  expect(await unplaced()).toBe(1);
  expect(await night()).toBe(0);
  const revision =
    (await db.select({ revision: calendarEntries.revision }).from(calendarEntries).where(eq(calendarEntries.id, feast.id)))[0]?.revision ??
    0;
  await db.transaction((tx) => desk.cancel(tx, { id: feast.id, revision, scope: { kind: "all" }, by: ada }));
  expect(await unplaced()).toBe(0);
});

it("makes times anew where a zone has other rules than they were made with: what was said by the clock holds", async () => {
  const { id, slug } = await propose({ title: "Vote", roomId: null, startsLocal: "2027-07-01T18:00", endsLocal: "2027-07-01T19:00" });
  await db.update(calendarEntries).set({ expandedWith: "2020a" }).where(eq(calendarEntries.id, id));
  await db
    .update(occurrences)
    .set({ startsAt: new Date("2027-07-01T18:00:00Z"), endsAt: new Date("2027-07-01T19:00:00Z") })
    .where(eq(occurrences.entryId, id));
  expect(await night()).toBe(1);
  expect((await lastOf(slug)).startsAt.toISOString()).toBe("2027-07-01T17:00:00.000Z");
});

it("gives what the release before wrote its time at once, and its room by the next night", async () => {
  const at = { startsAt: new Date("2027-08-02T18:00:00Z"), endsAt: new Date("2027-08-02T19:00:00Z"), zone: "Europe/London" };
  await db.insert(calendarEntries).values({ calendarId, slug: "old", title: "Old", status: "confirmed", roomId: hall, ...at });
  expect((await lastOf("old")).startsAt).toEqual(at.startsAt);
  expect(await night()).toBe(1);
  const [time] = await db
    .select({ id: occurrences.id })
    .from(occurrences)
    .innerJoin(calendarEntries, and(eq(calendarEntries.id, occurrences.entryId), eq(calendarEntries.slug, "old")));
  expect(await db.$count(roomClaims, eq(roomClaims.occurrenceId, time?.id ?? expect.fail()))).toBe(1);
});
