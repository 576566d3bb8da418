import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGuest, aPerson } from "../../../tests/builders/payments.ts";
import { openTicketed, type Ticketed } from "../../../tests/builders/ticketed.ts";
import type { ChangeScope, EntryDraft } from "../../contracts/calendar-desk.ts";
import { CodedError } from "../../contracts/errors.ts";

let desk: Ticketed;
beforeAll(async () => {
  desk = await openTicketed();
}, 60_000);
afterAll(() => desk.shop.close());

/** The first Wednesday that is at least a week ahead. */
const firstDay = () => {
  const day = new Date(Date.now() + 7 * 86_400_000);
  return new Date(day.getTime() + ((3 - day.getUTCDay() + 7) % 7) * 86_400_000).toISOString().slice(0, 10);
};
const day = (weeks: number) => new Date(Date.parse(`${firstDay()}T00:00Z`) + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
const draft = (startsOn: string, time: string, more: Partial<EntryDraft> = {}): EntryDraft => ({
  ...{
    title: "Choir",
    summary: "",
    text: "",
    place: "",
    roomId: null,
    pictureId: null,
    onlineUrl: "",
    tags: [],
    zone: "UTC",
    isAllDay: false,
  },
  ...{ startsLocal: `${startsOn}T${time}`, endsLocal: `${startsOn}T23:00`, recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=6"] },
  ...more,
});
const keyOf = (week: number, time = "1930") => `${day(week).replaceAll("-", "")}T${time}00Z`;

async function aSeries(): Promise<{ id: Awaited<ReturnType<Ticketed["anEntry"]>>; slug: string }> {
  const { app, services } = desk.shop;
  const made = await app.transaction((tx) =>
    services.calendarDesk.propose(tx, { calendarId: desk.calendarId, draft: draft(day(0), "19:30"), by: desk.keeper }),
  );
  if (!("id" in made)) throw new Error(JSON.stringify(made));
  return made;
}

async function change(slug: string, scope: ChangeScope, what: EntryDraft): Promise<string> {
  const { app, services } = desk.shop;
  const entry = await services.calendarDesk.getForEditing(desk.keeper, slug, scope.kind === "all" ? null : scope.key);
  const { id, revision } = entry;
  const result = await app.transaction((tx) => services.calendarDesk.change(tx, { id, revision, scope, draft: what, by: desk.keeper }));
  return result.kind === "changed" ? result.slug : expect.fail(JSON.stringify(result));
}

const leftAt = async (slug: string, key: string) =>
  (await desk.shop.services.tickets.getBox(null, { slug, key }, "")).types.map(({ name, left }) => [name, left]);
const checkIn = (slug: string, key: string, code: string) =>
  desk.shop.app.transaction((tx) => desk.shop.services.ticketDesk.checkIn(tx, { by: desk.keeper, slug, key, code, readAt: null }));

describe("this and all that follow", { timeout: 60_000 }, () => {
  it("takes kinds of tickets, what is sold and held, and who waits along; passes stay good, at each time once", async () => {
    const { shop } = desk;
    const { id, slug } = await aSeries();
    await desk.aBox(id, { capacity: 5 });
    await shop.db.execute(sql`insert into ticket_times (entry_id, occurrence_key, capacity) values (${id}, ${keyOf(4)}, 2)`);
    const [evening, pass] = [
      await desk.aType(id, { covers: "time", capacity: 4, name: "Evening" }),
      await desk.aType(id, { name: "Pass", capacity: 3 }),
    ];
    const [ada, grace, holder] = [await aGuest(shop.db), await aGuest(shop.db), await aGuest(shop.db)];
    await desk.put(ada, { slug, typeId: evening, key: keyOf(3), quantity: 2 });
    const sold = await desk.ticketsOf(await desk.buy(ada));
    await desk.put(grace, { slug, typeId: evening, key: keyOf(4) }); // held in a cart
    await desk.put(holder, { slug, typeId: pass, key: keyOf(0) });
    const [passTicket] = await desk.ticketsOf(await desk.buy(holder));
    const early = { slug, typeId: evening, key: keyOf(0) };
    await desk.put(await aGuest(shop.db), early);

    const next = await change(
      slug,
      { kind: "following", key: keyOf(2) },
      draft(day(2), "18:00", { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=4"] }),
    );
    expect(next).not.toBe(slug);
    expect(await leftAt(slug, keyOf(1))).toEqual([
      ["Evening", 4],
      ["Pass", 2],
    ]);
    expect(await leftAt(next, keyOf(3, "1800"))).toEqual([
      ["Evening", 2], // of five two are sold, and one is the pass's
      ["Pass", 0], // at the time after that nothing is left
    ]);
    expect(await leftAt(next, keyOf(4, "1800"))).toEqual([
      ["Evening", 0],
      ["Pass", 0],
    ]);
    const { others } = await shop.services.cart.getCart(grace);
    expect(others).toMatchObject([
      { trouble: "", quantity: 1, most: 1, url: expect.stringContaining(`/entries/${next}/${keyOf(4, "1800")}`) },
    ]);
    const [ticket] = sold;
    const page = await shop.services.tickets.findTicket(ticket?.code ?? "", null);
    expect(page).toMatchObject({ isOff: false, isMoved: true, canGiveBack: true });
    expect(page?.startsAt.toISOString()).toBe(`${day(3)}T18:00:00.000Z`);

    expect(await checkIn(next, keyOf(3, "1800"), ticket?.code ?? "")).toMatchObject({ kind: "welcome" });
    const passCode = passTicket?.code ?? expect.fail();
    for (const [of, key] of [
      [slug, keyOf(0)],
      [slug, keyOf(1)],
      [next, keyOf(2, "1800")],
      [next, keyOf(3, "1800")],
    ] as const) {
      expect((await checkIn(of, key, passCode)).kind).toBe("welcome");
      expect((await checkIn(of, key, passCode)).kind).toBe("again");
      expect((await shop.services.ticketDesk.getDoor(desk.keeper, of, key)).guests).toContainEqual(
        expect.objectContaining({ code: passCode, isIn: true }),
      );
    }
    // the pass is given back for the later part, four of its six times: two thirds go back, and its places there are free
    const giveBack = () =>
      shop.app.transaction((tx) => shop.services.tickets.returnPart(tx, passCode, null, part?.entryId ?? expect.fail()));
    const [part] = await shop.services.tickets.listParts(passCode, null);
    expect(part).toMatchObject({ timesLeft: 4, amountMinor: 800, canGiveBack: true });
    const before = await leftAt(next, keyOf(5, "1800"));
    await shop.db.execute(sql`update ticket_boxes set refund_hours = null where entry_id = ${part?.entryId}`);
    expect(await giveBack()).toBe("closed");
    await shop.db.execute(sql`update ticket_boxes set refund_hours = 48 where entry_id = ${part?.entryId}`);
    const results = await Promise.all([giveBack(), giveBack()]);
    expect(results.toSorted()).toEqual(["closed", "given-back"]);
    const { rows } = await shop.db.execute<{ amount: number }>(
      sql`select amount_minor as amount from refunds where request_key like ${`ticket:${passTicket?.id}:%`}`,
    );
    expect(rows).toEqual([{ amount: 800 }]);
    expect(await leftAt(next, keyOf(5, "1800"))).not.toEqual(before);
    expect((await checkIn(next, keyOf(4, "1800"), passCode)).kind).toBe("elsewhere");
    expect((await shop.services.ticketDesk.getDoor(desk.keeper, next, keyOf(4, "1800"))).guests.map(({ code }) => code)).not.toContain(
      passCode,
    );
    expect((await checkIn(slug, keyOf(1), passCode)).kind).toBe("again"); // of the first part it is as before
    expect(await shop.services.tickets.listParts(passCode, null)).toEqual([]);
    await desk.put(holder, { slug, typeId: pass, key: keyOf(0) });
    const [late] = await desk.ticketsOf(await desk.buy(holder)); // of the first part alone
    expect((await checkIn(next, keyOf(2, "1800"), late?.code ?? "")).kind).toBe("elsewhere");
  });

  it("leaves tickets of times that are no more with the old series, to be given back", async () => {
    const { id, slug } = await aSeries();
    const evening = await desk.aType(id, { covers: "time" });
    const owner = await aGuest(desk.shop.db);
    await desk.put(owner, { slug, typeId: evening, key: keyOf(3) });
    const [ticket] = await desk.ticketsOf(await desk.buy(owner));
    await change(
      slug,
      { kind: "following", key: keyOf(2) },
      draft(day(2), "19:30", { recurrence: ["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2"] }),
    );
    expect(await desk.shop.services.tickets.findTicket(ticket?.code ?? "", null)).toMatchObject({ isOff: true, canGiveBack: true });
  });
});

describe("all of a series at another hour", { timeout: 60_000 }, () => {
  it("keeps the tickets and who waits, and tells holders that it moved, also where one time takes the name of another", async () => {
    const { shop } = desk;
    const { id, slug } = await aSeries();
    const evening = await desk.aType(id, { covers: "time", capacity: 1, priceMinor: 0 });
    const people = [await aPerson(shop.db), await aPerson(shop.db)] as const;
    for (const [n, userId] of people.entries()) await desk.take(userId, { slug, typeId: evening, key: keyOf(n) });
    const joined = await shop.app.transaction((tx) =>
      shop.services.tickets.joinWaiting(
        tx,
        { kind: "guest", email: "z@example.org", name: "Z" },
        { slug, typeId: evening, key: keyOf(1), quantity: 1, code: "" },
      ),
    );
    await change(slug, { kind: "all" }, draft(day(1), "19:30")); // each a week later: the first is now where the second was
    expect(await leftAt(slug, keyOf(1))).toEqual([["Place", 0]]);
    expect(await leftAt(slug, keyOf(2))).toEqual([["Place", 0]]);
    expect(await leftAt(slug, keyOf(3))).toEqual([["Place", 1]]);
    const news = await shop.services.tickets.listNews(id);
    expect(news.map(({ kind }) => kind)).toEqual([]); // nobody of them has a mail address
    const wait = joined.kind === "waiting" ? await shop.services.tickets.findWait(joined.token) : expect.fail();
    expect(wait?.startsAt.toISOString()).toBe(`${day(2)}T19:30:00.000Z`);
    await expect(shop.services.ticketDesk.getDoor(await aPerson(shop.db), slug, keyOf(1))).rejects.toBeInstanceOf(CodedError);
  });
});
