import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import type { ChangeScope, EntryDraft } from "../../contracts/calendar-desk.ts";
import { openDb } from "../../infrastructure/db.ts";
import { calendarKeepers, calendarRooms, calendars, rooms } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { apActivities } from "../../models/federation.ts";
import { users } from "../../models/identity.ts";
import type { CalendarEntryId, CalendarId, RoomId, UserId } from "../../models/ids.ts";
import { entryOverrides, occurrences, roomClaims } from "../../models/occurrences.ts";
import { makeEventsService } from "../events/index.ts";
import { makeCalendarDeskService } from "./index.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());

const now = new Date("2026-11-18T12:00:00Z");
const deps = {
  ...{ db, clock: { now: () => now }, timeZone: "Europe/London", locale: "en-GB" },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
};
const desk = makeCalendarDeskService(deps, { relations: { may: async () => false, list: async () => [], listHolders: async () => [] } });
const events = makeEventsService(deps);

let [ada, bilal, hall, kitchen, stage]: [UserId, UserId, RoomId, RoomId, RoomId] = [0, 0, 0, 0, 0] as never;
let calendarId: CalendarId;

beforeAll(async () => {
  const people = await db
    .insert(users)
    .values([
      { handle: "ada", name: "Ada" },
      { handle: "bilal", name: "Bilal" },
    ])
    .returning({ id: users.id });
  [ada, bilal] = people.map(({ id }) => id) as [UserId, UserId];
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  calendarId = (await db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: ada });
  const room = async (slug: string, withinId: RoomId | null) =>
    (await db.insert(rooms).values({ slug, name: slug, withinId, position: 1 }).returning({ id: rooms.id }))[0]?.id ?? expect.fail();
  hall = await room("hall", null);
  kitchen = await room("kitchen", hall);
  stage = await room("stage", hall);
  await db.insert(calendarRooms).values([hall, kitchen, stage].map((roomId) => ({ calendarId, roomId })));
});
beforeEach(() => db.delete(calendarEntries));

const draft = (more: Partial<EntryDraft> = {}): EntryDraft => ({
  ...{
    title: "Choir",
    summary: "",
    text: "Sing.",
    place: "",
    roomId: null,
    pictureId: null,
    onlineUrl: "",
    tags: [],
    zone: "Europe/London",
    isAllDay: false,
  },
  ...{ startsLocal: "2026-11-25T19:30", endsLocal: "2026-11-25T21:00", recurrence: [] },
  ...more,
});
const weekly = (more: Partial<EntryDraft> = {}) => draft({ recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=6"], ...more });

async function propose(what: EntryDraft, by = ada) {
  const made = await db.transaction((tx) => desk.propose(tx, { calendarId, draft: what, by }));
  if (!("id" in made)) throw new Error(JSON.stringify(made));
  return made;
}
const revisionOf = async (id: CalendarEntryId) =>
  (await db.select({ revision: calendarEntries.revision }).from(calendarEntries).where(eq(calendarEntries.id, id)))[0]?.revision ?? 0;
async function change(id: CalendarEntryId, scope: ChangeScope, what: EntryDraft, by = ada) {
  const revision = await revisionOf(id);
  return db.transaction((tx) => desk.change(tx, { id, revision, scope, draft: what, by }));
}
async function timesOf(slug: string): Promise<string[]> {
  const rows = await db
    .select({ startsAt: occurrences.startsAt, isCancelled: occurrences.isCancelled })
    .from(occurrences)
    .innerJoin(calendarEntries, eq(calendarEntries.id, occurrences.entryId))
    .where(eq(calendarEntries.slug, slug))
    .orderBy(occurrences.startsAt);
  return rows.map(({ startsAt, isCancelled }) => `${startsAt.toISOString().slice(0, 16)}${isCancelled ? " off" : ""}`);
}
const told = async () =>
  (await db.select({ type: apActivities.type, visibility: apActivities.visibility }).from(apActivities).orderBy(apActivities.id)).map(
    ({ type, visibility }) => `${type} ${visibility}`,
  );

describe("a proposal", () => {
  it("of a member waits, and nobody sees it until a keeper confirms it; of a keeper it stands at once", async () => {
    await db.delete(apActivities);
    const { id, slug, kind } = await propose(draft(), bilal);
    expect(kind).toBe("proposed");
    await expect(events.getEntry(slug, null)).rejects.toMatchObject({ code: "not-found" });
    expect((await desk.listQueue(ada)).map(({ entry, proposedBy }) => [entry.title, proposedBy])).toEqual([["Choir", "Bilal"]]);
    expect(await desk.listQueue(bilal)).toEqual([]);
    expect((await desk.listOwn(bilal)).map(({ status }) => status)).toEqual(["proposed"]);
    const decision = { id, revision: 1, verdict: "confirmed", note: "Lovely", by: ada } as const;
    expect(await db.transaction((tx) => desk.decide(tx, { ...decision, by: bilal }))).toEqual({ kind: "gone" });
    expect(await db.transaction((tx) => desk.decide(tx, { ...decision, revision: 7 }))).toEqual({ kind: "conflict" });
    expect(await db.transaction((tx) => desk.decide(tx, decision))).toEqual({ kind: "decided" });
    expect(await db.transaction((tx) => desk.decide(tx, decision))).toEqual({ kind: "settled", status: "confirmed" });
    expect((await events.getEntry(slug, null)).entry.title).toBe("Choir");
    expect(await told()).toEqual(["Offer internal", "Accept internal", "Create public"]);
    expect((await propose(draft({ title: "Ours" }))).kind).toBe("confirmed");
  });

  it("is one of thirty that may wait at once", async () => {
    await db.insert(calendarEntries).values(
      Array.from({ length: 30 }, (_, index) => ({
        ...{ calendarId, slug: `wish-${index}`, title: "Wish", zone: "Europe/London", organiserId: bilal },
        ...{ startsAt: new Date("2026-11-25T10:00:00Z"), endsAt: new Date("2026-11-25T11:00:00Z") },
      })),
    );
    const more = (by: UserId) => db.transaction((tx) => desk.propose(tx, { calendarId, draft: draft(), by }));
    expect(await more(bilal)).toMatchObject({ kind: "wrong", errors: [{ field: "title" }] });
    expect((await more(ada)).kind).toBe("confirmed");
  });

  it("is decided by one of many", async () => {
    const { id } = await propose(draft(), bilal);
    const decide = (verdict: "confirmed" | "declined") =>
      db.transaction((tx) => desk.decide(tx, { id, revision: 1, verdict, note: "", by: ada }));
    const kinds = (await Promise.all([decide("confirmed"), decide("declined"), decide("confirmed"), decide("declined")])).map(
      ({ kind }) => kind,
    );
    expect(kinds.sort()).toEqual(["decided", "settled", "settled", "settled"]);
  });

  it.each<[string, Partial<EntryDraft>, string]>([
    ["ends before it starts", { endsLocal: "2026-11-25T19:00" }, "endsLocal"],
    ["takes no time", { endsLocal: "2026-11-25T19:30" }, "endsLocal"],
    ["takes 401 days", { endsLocal: "2027-12-31T19:30" }, "endsLocal"],
    ["is on 30 February", { startsLocal: "2027-02-30T10:00" }, "startsLocal"],
    ["is in the year 9999", { startsLocal: "9999-01-01T10:00", endsLocal: "9999-01-01T11:00" }, "startsLocal"],
    ["is nowhere on earth", { zone: "Middle-earth/Shire" }, "zone"],
    ["has an offset for a zone", { zone: "+01:00" }, "zone"],
    ["comes every second", { recurrence: ["RRULE:FREQ=SECONDLY"] }, "recurrence"],
    ["never comes", { recurrence: ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], isAllDay: false }, "recurrence"],
    ["has a rule that is none", { recurrence: ["RRULE:HELLO"] }, "recurrence"],
    ["begins a line of its own", { recurrence: ["RRULE:FREQ=DAILY\r\nATTENDEE:mailto:x@y.example"] }, "recurrence"],
    ["leads to a script", { onlineUrl: "javascript:alert(1)" }, "onlineUrl"],
    ["has no name", { title: " " }, "title"],
    ["is in a room of others", { roomId: 4711 as RoomId }, "roomId"],
  ])("that %s is refused, with the field", async (_what, more, field) => {
    const begun = performance.now();
    const result = await db.transaction((tx) => desk.propose(tx, { calendarId, draft: draft(more), by: ada }));
    expect(result).toMatchObject({ kind: "wrong", errors: [{ field }] });
    expect(await db.$count(calendarEntries)).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe("a series", () => {
  it("has its times in the table by the clocks of its zone, and says when it comes in words", async () => {
    const { slug } = await propose(
      draft({ startsLocal: "2027-03-17T19:30", endsLocal: "2027-03-17T21:00", recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=3"] }),
    );
    expect(await timesOf(slug)).toEqual(["2027-03-17T19:30", "2027-03-24T19:30", "2027-03-31T18:30"]);
    const page = await events.getEntry(slug, "20270331T183000Z");
    expect(page).toMatchObject({
      rule: "Every Wednesday, 3 times",
      key: "20270331T183000Z",
      entry: { url: "https://events.example/entries/choir/20270331T183000Z" },
    });
    expect(page.times.map(({ isThis }) => isThis)).toEqual([false, false, true]);
    await expect(events.getEntry(slug, "20270401T183000Z")).rejects.toMatchObject({ code: "not-found" });
  });

  it("is changed at one time alone, and that one stays so when all of it is moved", async () => {
    const { id, slug } = await propose(weekly());
    const one = "20261202T193000Z";
    expect(
      await change(
        id,
        { kind: "this", key: one },
        draft({ title: "Choir with cake", startsLocal: "2026-12-03T18:00", endsLocal: "2026-12-03T20:00" }),
      ),
    ).toMatchObject({ kind: "changed" });
    expect((await timesOf(slug)).slice(0, 3)).toEqual(["2026-11-25T19:30", "2026-12-03T18:00", "2026-12-09T19:30"]);
    expect(await events.getEntry(slug, one)).toMatchObject({
      entry: { title: "Choir with cake" },
      movedFrom: new Date("2026-12-02T19:30:00Z"),
    });
    expect(await change(id, { kind: "all" }, weekly({ startsLocal: "2026-11-25T20:00", endsLocal: "2026-11-25T21:30" }))).toMatchObject({
      dropped: 0,
    });
    expect((await timesOf(slug)).slice(0, 3)).toEqual(["2026-11-25T20:00", "2026-12-03T18:00", "2026-12-09T20:00"]);
    expect((await events.getEntry(slug, "20261202T200000Z")).entry.title).toBe("Choir with cake");
    expect((await desk.getForEditing(ada, slug, "20261202T200000Z")).draft).toMatchObject({
      title: "Choir with cake",
      startsLocal: "2026-12-03T18:00",
    });
  });

  it("drops a change of a time that it has no more, and says so", async () => {
    const { id, slug } = await propose(weekly());
    await change(
      id,
      { kind: "this", key: "20261202T193000Z" },
      draft({ title: "Cake", startsLocal: "2026-12-02T19:30", endsLocal: "2026-12-02T21:00" }),
    );
    expect(await change(id, { kind: "all" }, weekly({ recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1"] }))).toMatchObject({
      kind: "changed",
      dropped: 1,
    });
    expect(await timesOf(slug)).toEqual(["2026-11-25T19:30"]);
    expect(await db.$count(entryOverrides)).toBe(0);
  });

  it("becomes two where one time and all after it are changed: what is counted goes on", async () => {
    const { id, slug } = await propose(weekly());
    await change(
      id,
      { kind: "this", key: "20261216T193000Z" },
      draft({ title: "Carols", startsLocal: "2026-12-16T19:30", endsLocal: "2026-12-16T21:00" }),
    );
    const key = "20261209T193000Z";
    const { draft: from } = await desk.getForEditing(ada, slug, key);
    expect(from).toMatchObject({ startsLocal: "2026-12-09T19:30", recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=4"] });
    const result = await change(
      id,
      { kind: "following", key },
      { ...from, title: "Big choir", startsLocal: "2026-12-09T18:00", endsLocal: "2026-12-09T20:00" },
    );
    expect(result).toMatchObject({ kind: "changed", slug: "big-choir", dropped: 0 });
    expect(await timesOf(slug)).toEqual(["2026-11-25T19:30", "2026-12-02T19:30"]);
    expect(await timesOf("big-choir")).toEqual(["2026-12-09T18:00", "2026-12-16T19:30", "2026-12-23T18:00", "2026-12-30T18:00"]);
    expect((await events.getEntry("big-choir", "20261216T180000Z")).entry.title).toBe("Carols");
  });

  it("is cancelled at one time, which stays there struck through, and takes place again", async () => {
    const { id, slug } = await propose(weekly());
    const scope = { kind: "this", key: "20261202T193000Z" } as const;
    const at = async () => ({ id, revision: await revisionOf(id), scope, by: ada });
    const cancelling = await at();
    await db.transaction((tx) => desk.cancel(tx, cancelling));
    expect((await timesOf(slug)).slice(0, 2)).toEqual(["2026-11-25T19:30", "2026-12-02T19:30 off"]);
    expect(await db.transaction((tx) => desk.cancel(tx, cancelling))).toEqual({ kind: "conflict" });
    const back = await at();
    await db.transaction((tx) => desk.reinstate(tx, back));
    expect((await timesOf(slug))[1]).toBe("2026-12-02T19:30");
    const following = { ...(await at()), scope: { kind: "following", key: "20261209T193000Z" } } as const;
    await db.transaction((tx) => desk.cancel(tx, following));
    expect(await timesOf(slug)).toEqual(["2026-11-25T19:30", "2026-12-02T19:30"]);
  });

  it("keeps to days of all-day entries on both changes of the clock", async () => {
    const { slug } = await propose(
      draft({ isAllDay: true, startsLocal: "2027-03-27T00:00", endsLocal: "2027-03-28T00:00", recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] }),
    );
    expect(await timesOf(slug)).toEqual(["2027-03-27T00:00", "2027-03-28T00:00", "2027-03-28T23:00"]);
    expect((await events.getEntry(slug, "20270329")).entry.endsAt.toISOString()).toBe("2027-03-29T23:00:00.000Z");
  });
});

describe("a room", () => {
  const inRoom = (roomId: RoomId, more: Partial<EntryDraft> = {}) => draft({ roomId, ...more });

  it("is nobody else's at that time, nor is what is inside it or around it; and it is said who has it", async () => {
    await propose(inRoom(hall, { title: "Feast" }));
    for (const roomId of [hall, kitchen, stage]) {
      const result = await db.transaction((tx) =>
        desk.propose(tx, {
          calendarId,
          draft: inRoom(roomId, { title: "Late", startsLocal: "2026-11-25T20:59", endsLocal: "2026-11-25T22:00" }),
          by: ada,
        }),
      );
      expect(result).toMatchObject({ kind: "room-taken", clashes: [{ title: "Feast" }] });
    }
    expect((await propose(inRoom(hall, { title: "After", startsLocal: "2026-11-25T21:00", endsLocal: "2026-11-25T22:00" }))).kind).toBe(
      "confirmed",
    );
    expect(await db.$count(calendarEntries)).toBe(2);
  });

  it("inside another leaves its neighbour free", async () => {
    await propose(inRoom(kitchen));
    expect((await propose(inRoom(stage))).kind).toBe("confirmed");
    const all = await db.transaction((tx) => desk.propose(tx, { calendarId, draft: inRoom(hall), by: ada }));
    expect(all).toMatchObject({ kind: "room-taken" });
    expect(all.kind === "room-taken" ? all.clashes.map(({ room }) => room).sort() : []).toEqual(["kitchen", "stage"]);
  });

  it("is had by one of twenty that want it at once", async () => {
    const want = (title: string) =>
      db.transaction((tx) => desk.propose(tx, { calendarId, draft: weekly({ title, roomId: hall }), by: ada }));
    const kinds = (await Promise.all(Array.from({ length: 20 }, (_, index) => want(`Wish ${index}`)))).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "confirmed")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "room-taken")).toHaveLength(19);
  });

  it("is not held by what only waits; whoever confirms it sees what stands against it", async () => {
    const { id } = await propose(inRoom(hall, { title: "Wish" }), bilal);
    await propose(inRoom(hall, { title: "Feast" }));
    expect((await desk.listQueue(ada))[0]?.clashes).toMatchObject([{ title: "Feast" }]);
    expect(await db.transaction((tx) => desk.decide(tx, { id, revision: 1, verdict: "confirmed", note: "", by: ada }))).toMatchObject({
      kind: "room-taken",
      clashes: [{ title: "Feast" }],
    });
    expect(await revisionOf(id)).toBe(1);
  });

  it("is free again when what had it is cancelled, moved at that one time, or takes place elsewhere", async () => {
    const { id } = await propose(weekly({ title: "Feast", roomId: hall }));
    const key = "20261202T193000Z";
    const wanted = inRoom(kitchen, { startsLocal: "2026-12-02T19:30", endsLocal: "2026-12-02T20:00", title: "Jam" });
    expect((await db.transaction((tx) => desk.propose(tx, { calendarId, draft: wanted, by: ada }))).kind).toBe("room-taken");
    await change(
      id,
      { kind: "this", key },
      draft({ title: "Feast", roomId: null, place: "The park", startsLocal: "2026-12-02T19:30", endsLocal: "2026-12-02T21:00" }),
    );
    expect((await propose(wanted)).kind).toBe("confirmed");
    const back = await change(
      id,
      { kind: "this", key },
      draft({ title: "Feast", roomId: hall, startsLocal: "2026-12-02T19:30", endsLocal: "2026-12-02T21:00" }),
    );
    expect(back).toMatchObject({ kind: "room-taken", clashes: [{ title: "Jam" }] });
    expect(await db.$count(roomClaims, sql`occurrence_id in (select id from occurrences where entry_id = ${id})`)).toBe(10); // five times, two leaves
  });
});
