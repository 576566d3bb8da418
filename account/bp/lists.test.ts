import { sql } from "drizzle-orm";
import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { orderLines, orders } from "../../shared/models/cart.ts";
import type { CalendarId, UserId } from "../../shared/models/ids.ts";
import type { OrderStatus } from "../../shared/models/order-states.ts";
import { openTestApp } from "../../tests/app.ts";
import { aBookingOf, aCalendar, aTicketedEntry, aTicketOf } from "../../tests/builders/holdings.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { quickest } from "../../tests/builders/relations.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

const account = await openTestApp("account");
afterAll(() => account.close());
const { db } = account;
const HOSTILE = `"'><script>alert(1)</script>`;
let [ada, bilal] = [0, 0] as unknown as [UserId, UserId];
let [asAda, asBilal]: Record<string, string>[] = [{}, {}];
let calendarId: CalendarId;

beforeAll(async () => {
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  bilal = await aMember(db, { handle: "bilal", name: "Bilal" });
  [asAda, asBilal] = [await signedIn(account, "account", ada), await signedIn(account, "account", bilal)];
  calendarId = await aCalendar(db);
}, 60_000);

async function anOrder(reference: string, status: OrderStatus, name = "Rye loaf") {
  const [made] = await db.insert(orders).values({ reference, userId: ada, status, totalMinor: 840 }).returning({ id: orders.id });
  await db.insert(orderLines).values({ orderId: made?.id ?? expect.fail(), name, quantity: 2, unitPriceMinor: 420, position: 1 });
}

const referencesAt = async (path: string, cookies = asAda ?? {}) =>
  [...(await account.get(path, { cookies })).body.matchAll(/<span class="numbers">(R-[A-Z]+)<\/span>/g)].map(([, found]) => found);

describe("orders", { timeout: 60_000 }, () => {
  beforeAll(async () => {
    await anOrder("R-OLD", "done", `Loaf ${HOSTILE}`);
    await anOrder("R-OFF", "cancelled");
    await anOrder("R-NOW", "ready", "Jam");
    await db.execute(sql`update orders set created_at = now() - interval '400 days' where reference = 'R-OLD'`);
  });

  it("stand newest first, in views, and are found by words and year", async () => {
    expect(await referencesAt("/orders")).toEqual(["R-NOW", "R-OFF", "R-OLD"]);
    expect(await referencesAt("/orders?show=under-way")).toEqual(["R-NOW"]);
    expect(await referencesAt("/orders?show=done")).toEqual(["R-OLD"]);
    expect(await referencesAt("/orders?show=over")).toEqual(["R-OFF"]);
    expect(await referencesAt("/orders?q=jam")).toEqual(["R-NOW"]);
    expect(await referencesAt("/orders?q=r-of")).toEqual(["R-OFF"]);
    const year = new Date(Date.now() - 400 * 86_400_000).getUTCFullYear();
    expect(await referencesAt(`/orders?year=${year}`)).toEqual(["R-OLD"]);
    const { body } = await account.get("/orders", { cookies: asAda ?? {} });
    expect(body).not.toContain("<script>alert");
    expect(body).toContain(">Order it again<");
  });

  it("are nobody else's", async () => {
    expect(await referencesAt("/orders", asBilal)).toEqual([]);
    expect((await account.get("/orders?q=R-NOW", { cookies: asBilal ?? {} })).body).not.toContain("Jam");
  });
});

describe("bookings", () => {
  beforeAll(async () => {
    await aBookingOf(db, ada, { calendarId, code: "ahead-aaaaaaaaaaaaaaaaaaaa", purpose: `Choir ${HOSTILE}`, inHours: 50 });
    await aBookingOf(db, ada, { calendarId, code: "past-aaaaaaaaaaaaaaaaaaaaa", purpose: "Sewing", inHours: -50 });
    await aBookingOf(db, ada, { calendarId, code: "off-aaaaaaaaaaaaaaaaaaaaaa", purpose: "Chess", inHours: 70, state: "declined" });
  });

  it("stand in views, lead to their own page, and are nobody else's", async () => {
    const shown = async (show: string, cookies = asAda) => {
      const { body } = await account.get(`/bookings?show=${show}`, { cookies: cookies ?? {} });
      expect(body).not.toContain("<script>alert");
      return [...body.matchAll(/\/bookings\/([a-z]+)-a+"/g)].map(([, name]) => name);
    };
    expect(new Set(await shown("ahead"))).toEqual(new Set(["ahead"]));
    expect(await shown("past")).toEqual(["past"]);
    expect(await shown("off")).toEqual(["off"]);
    expect(await shown("ahead", asBilal)).toEqual([]);
  });
});

describe("a calendar of one's own", { timeout: 60_000 }, () => {
  const eventsIn = (feed: string) =>
    new ICAL.Component(ICAL.parse(feed)).getAllSubcomponents("vevent").map((component) => new ICAL.Event(component).summary);

  it("has tickets and rooms that are ahead, as a file, with what people typed as words", async () => {
    await aTicketOf(db, ada, {
      typeId: await aTicketedEntry(db, calendarId, { slug: "supper", title: "Supper", inHours: 30 }),
      code: "SUPPER-AAAAA",
    });
    await aTicketOf(db, ada, {
      typeId: await aTicketedEntry(db, calendarId, { slug: "film", title: "Film", inHours: -30 }),
      code: "FILM-AAAAA",
    });
    const nasty = "Chess\r\nEND:VCALENDAR\r\nX:1";
    await aBookingOf(db, ada, { calendarId, code: "nasty-aaaaaaaaaaaaaaaaaaaa", purpose: nasty, inHours: 90, state: "requested" });
    const { body, headers } = await account.get("/calendar.ics", { cookies: asAda ?? {} });
    expect(headers["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(eventsIn(body)).toEqual(["Supper", `Hall: Choir ${HOSTILE}`, expect.stringMatching(/^Hall: Chess\s+END:VCALENDAR\s+X:1$/)]);
    expect(body.match(/^END:VCALENDAR/gm)).toHaveLength(1);
    expect(body).toContain("STATUS:TENTATIVE");
    expect(eventsIn((await account.get("/calendar.ics", { cookies: asBilal ?? {} })).body)).toEqual([]);
  });

  it("has an address that is shown once, and ends when there is another or it is taken back", async () => {
    const make = async () => {
      const { body } = await account.post("/calendar/address", {}, { cookies: asAda ?? {} });
      return /\/my-calendar\/([\w-]{43})\/calendar\.ics/.exec(body)?.[1] ?? expect.fail("no address");
    };
    const { hashToken } = await import("../../shared/infrastructure/keys/index.ts");
    const feedAt = async (token: string) => {
      const file = await account.services.calendarFiles.findOwnFile(hashToken(token), null);
      return file === null || "kind" in file ? null : eventsIn(file.body);
    };
    const [first, second] = [await make(), await make()];
    expect(await feedAt(first)).toBeNull();
    expect(await feedAt(second)).toEqual(expect.arrayContaining(["Supper", "Film", "Hall: Sewing"]));
    expect((await account.get("/calendar", { cookies: asAda ?? {} })).body).not.toContain(second);
    await account.post("/calendar/address/removal", {}, { cookies: asAda ?? {} });
    expect(await feedAt(second)).toBeNull();
  });
});

describe("with 200 orders and 500 tickets", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await db.execute(sql`
      insert into orders (reference, user_id, status, total_minor, created_at)
        select 'B-' || n, ${bilal}, 'done', 840, now() - make_interval(days => n) from generate_series(1, 200) as n`);
    await db.execute(sql`
      insert into order_lines (order_id, name, quantity, unit_price_minor, position)
        select orders.id, 'Loaf ' || n, 1, 420, n from orders, generate_series(1, 4) as n where reference like 'B-%'`);
    await db.execute(sql`
      insert into calendar_entries (calendar_id, slug, title, starts_at, ends_at, zone, status)
        select ${calendarId}, 'many-' || n, 'Many ' || n, now() + make_interval(days => n - 60), now() + make_interval(days => n - 60, hours => 2), 'Europe/London', 'confirmed'
        from generate_series(1, 125) as n`);
    await db.execute(sql`
      insert into ticket_types (entry_id, name, price_minor, position) select id, 'Chair', 0, 1 from calendar_entries where slug like 'many-%'`);
    await db.execute(sql`
      insert into tickets (ticket_type_id, user_id, code)
        select type.id, ${bilal}, 'MANY-' || type.id || '-' || n from ticket_types as type join calendar_entries on calendar_entries.id = type.entry_id, generate_series(1, 4) as n
        where slug like 'many-%'`);
    await db.execute(sql`analyze`);
  }, 60_000);

  it.each(["/tickets", "/tickets?show=past", "/tickets?q=many&page=3", "/orders", "/orders?q=loaf&page=4", "/bookings"])(
    "%s is there in less than 80 ms, or on a busy machine soon after a page that holds nothing",
    async (path) => {
      const cookies = asBilal ?? {};
      expect((await account.get(path, { cookies })).statusCode).toBe(200);
      const idle = await quickest(() => account.get("/family", { cookies }));
      expect(await quickest(() => account.get(path, { cookies }))).toBeLessThan(Math.max(80, 12 * idle));
    },
  );

  it("leads from page to page, each thing once", async () => {
    const seen = [];
    let path: string | undefined = "/tickets";
    for (let turns = 0; path !== undefined && turns < 40; turns++) {
      const { body } = await account.get(path, { cookies: asBilal ?? {} });
      seen.push(...[...body.matchAll(/href="\/tickets\/(MANY-[\d-]+)"/g)].map(([, found]) => found));
      path = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(240);
  });
});
