import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarKeepers, calendars } from "../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import { users } from "../../../shared/models/identity.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { merchants } from "../../../shared/models/merchants.ts";
import { checkIns, tickets, ticketTypes } from "../../../shared/models/tickets.ts";
import { openTestApp } from "../../../tests/app.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { signDoorList } from "../door/signed-list.ts";

const events = await openTestApp("events");
afterAll(() => events.close());
const HOSTILE = "<script>alert(1)</script>";
let [ada, bilal]: [UserId, UserId] = [0, 0] as never;
let [asAda, asBilal]: [Record<string, string>, Record<string, string>] = [{}, {}];
const types: Record<string, string> = {};

beforeAll(async () => {
  const { db } = events;
  await db.insert(merchants).values({ code: "MCOOP", name: "Rose Ash", isDefault: true });
  const row = { slug: "kitchen", name: "Kitchen", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const [calendar] = await db.insert(calendars).values(row).returning({ id: calendars.id });
  const calendarId = calendar?.id ?? expect.fail();
  const people = await db
    .insert(users)
    .values([
      { handle: "ada", name: "Ada" },
      { handle: "bilal", name: "Bilal" },
    ])
    .returning({ id: users.id });
  [ada, bilal] = people.map(({ id }) => id) as [UserId, UserId];
  await db.insert(calendarKeepers).values({ calendarId, userId: bilal });
  [asAda, asBilal] = [await signedIn(events, "events", ada), await signedIn(events, "events", bilal)];
  const at = { startsAt: new Date(Date.now() + 86_400_000), endsAt: new Date(Date.now() + 90_000_000), zone: "Europe/London", calendarId };
  const [supper] = await db
    .insert(calendarEntries)
    .values([
      { ...at, slug: "supper", title: "Supper", status: "confirmed" },
      { ...at, slug: "film", title: "Film", status: "confirmed" },
    ])
    .returning({ id: calendarEntries.id });
  const entryId = supper?.id ?? expect.fail();
  const made = await db
    .insert(ticketTypes)
    .values([
      { entryId, name: `Place ${HOSTILE}`, priceMinor: 850, capacity: 30, position: 1 },
      { entryId, name: "Child", priceMinor: 0, capacity: 2, position: 2 },
      { entryId, name: "Friends", priceMinor: 100, capacity: 4, position: 3, code: "rosebud" },
    ])
    .returning({ id: ticketTypes.id, name: ticketTypes.name });
  for (const { id, name } of made) types[name.split(" ")[0] ?? ""] = String(id);
});

const entryIdOf = async (slug: string) =>
  (await events.db.select({ id: calendarEntries.id }).from(calendarEntries).where(eq(calendarEntries.slug, slug)))[0]?.id ?? expect.fail();
const post = (path: string, form: Record<string, string>, cookies = {}) => events.post(path, form, { cookies });
const door = (code: string, cookies = asBilal) =>
  events.post("/entries/supper/door", { code, key: "" }, { cookies, headers: { accept: "application/json" } });

describe("the ticket box", { timeout: 60_000 }, () => {
  it("shows what can be had, nobody's script, and hidden kinds to who knows the code", async () => {
    const { body } = await events.get("/entries/supper");
    expect(body).toContain("£8.50");
    expect(body).not.toContain("<script>alert");
    expect(body).not.toContain("Friends");
    expect((await events.get("/entries/supper?code=ROSEBUD")).body).toContain("Friends");
    expect((await events.get("/entries/supper?code=rose")).body).toContain("There are no tickets for that code.");
  });

  it("puts tickets into the cart of a browser that had none", async () => {
    const answer = await post("/entries/supper/tickets", { type: types["Place"] ?? "", quantity: "2" });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/entries/supper?notice=tickets-held#tickets"]);
    const { rows } = await events.db.execute(sql`select kind, quantity, held_until > now() as "isHeld" from cart_lines`);
    expect(rows).toEqual([{ kind: "ticket", quantity: 2, isHeld: true }]);
  });

  it("stands on pages of other services with a form of its own, which leads back there", async () => {
    const form = { entry: "supper", key: "", type: types["Place"] ?? "", quantity: "1" };
    const held = await post("/cart/tickets", { ...form, next: "/what-is-on" });
    expect([held.statusCode, held.headers.location]).toEqual([303, "/what-is-on?notice=tickets-held"]);
    expect(String(held.headers["set-cookie"])).toContain("device");
    const outside = await post("/cart/tickets", { ...form, next: "https://evil.example/" });
    expect(outside.headers.location).toBe(`${events.origin}/entries/supper?notice=tickets-held`);
    const free = await post("/cart/tickets", { ...form, type: types["Child"] ?? "" });
    expect(free.headers.location).toContain("notice=tickets-gone");
    const hidden = await post("/cart/tickets", { ...form, type: types["Friends"] ?? "" });
    expect(hidden.headers.location).toContain("notice=tickets-gone");
    expect((await post("/cart/tickets", { ...form, type: "999999" })).statusCode).toBe(404);
    for (const wrong of [{ entry: "../x" }, { key: "now" }, { type: "one" }]) {
      expect((await post("/cart/tickets", { ...form, ...wrong })).statusCode).toBe(400);
    }
    const pretending = { headers: { "sec-fetch-site": "cross-site", origin: "https://evil.example" } };
    expect((await events.post("/cart/tickets", form, pretending)).statusCode).toBe(403);
  });

  it("shows to whom it keeps something what, until when, and to nobody else", async () => {
    const first = await post("/entries/supper/tickets", { type: types["Place"] ?? "", quantity: "3" });
    const [device] = [first.headers["set-cookie"]].flat();
    const [name = "", value = ""] = String(device).split(";")[0]?.split("=") ?? [];
    const { body } = await events.get("/entries/supper", { cookies: { [name]: value } });
    expect(body).toMatch(/Kept in your cart[\s\S]*3 × Place/);
    expect((await events.get("/entries/supper")).body).not.toContain("Kept in your cart");
  });

  it("answers each of many buyers who come at once, with few connections: so many have a place as there are, the others are told", async () => {
    const [kind] = await events.db
      .insert(ticketTypes)
      .values({ entryId: await entryIdOf("film"), name: "Last", priceMinor: 300, capacity: 5, position: 1 })
      .returning({ id: ticketTypes.id });
    const buyers = Array.from({ length: 60 }, () => post("/entries/film/tickets", { type: String(kind?.id), quantity: "1" }));
    const answers = Map.groupBy(await Promise.all(buyers), ({ statusCode }) => statusCode);
    expect([answers.get(303)?.length, answers.get(409)?.length]).toEqual([5, 55]);
    for (const { body } of answers.get(409) ?? []) {
      expect(body).toContain("Nothing of it is left at the moment.");
      expect(body).toContain("Join the waiting list");
    }
    await events.db.execute(sql`delete from cart_lines`);
    await events.db.execute(sql`delete from ticket_types where name = 'Last'`);
  });

  it("says why somebody can't have a kind, with the rules' proof", async () => {
    const entryId = await entryIdOf("film");
    const kind = { entryId, priceMinor: 100, position: 1 };
    await events.db.insert(ticketTypes).values([
      { ...kind, name: "Sofa", isForMembers: true },
      { ...kind, name: "Bench", groupName: "bakers" },
    ]);
    const guest = (await events.get("/entries/film")).body;
    expect(guest).toContain("You can’t have it now. It is for members: sign in to get one.");
    expect(guest).toMatch(/Why not\?[\s\S]*Sofa is for members only[\s\S]*Bench is for bakers/);
    const member = (await events.get("/entries/film", { cookies: asAda })).body;
    expect(member).toContain("It is for bakers, and you are none of them.");
    expect(member).toMatch(/Why not\?[\s\S]*Bench is for bakers/);
    expect(member).not.toContain("Sofa is for members only");
    await events.db.delete(ticketTypes).where(eq(ticketTypes.entryId, entryId));
  });

  it("asks for each place, and shows so many questions as there are places", async () => {
    const asked = { questions: "", seatQuestions: "Who comes? *\nWhat do you eat? | All | Vegan", refundHours: "48", offerHours: "12" };
    expect((await post("/entries/film/ticket-box", asked, asBilal)).statusCode).toBe(303);
    expect((await post("/entries/film/ticket-types/new", { name: "Table", price: "4", capacity: "" }, asBilal)).statusCode).toBe(303);
    const id = /name="type" value="(\d+)"/.exec((await events.get("/entries/film")).body)?.[1] ?? expect.fail();
    const again = await post("/entries/film/tickets", { type: id, quantity: "2", seats: "1", "seat-1-who-comes": HOSTILE });
    expect(again.statusCode).toBe(422);
    expect(again.body).toContain("Please say for each place");
    expect(again.body).toContain('name="seat-2-who-comes"');
    expect(again.body).not.toContain("<script>alert");
    const taken = {
      type: id,
      quantity: "2",
      seats: "2",
      "seat-1-who-comes": "Ada",
      "seat-2-who-comes": "Bo",
      "seat-2-what-do-you-eat": "Vegan",
    };
    expect((await post("/entries/film/tickets", taken)).statusCode).toBe(303);
    const { rows } = await events.db.execute<{ seats: string }>(
      sql`select metadata ->> 'seats' as seats from cart_lines where metadata ? 'seats'`,
    );
    expect(JSON.parse(rows[0]?.seats ?? "")).toEqual([{ "who-comes": "Ada" }, { "who-comes": "Bo", "what-do-you-eat": "Vegan" }]);
    expect((await events.get("/entries/film")).body).toContain("Enough for everybody");
    await events.db.execute(sql`delete from cart_lines`);
    await events.db.execute(sql`delete from ticket_types where name = 'Table'`);
    await events.db.execute(sql`delete from ticket_boxes`);
  });

  it.each([
    [{ type: "999999" }, 422],
    [{ type: "1; drop table tickets" }, 422],
    [{ type: "" }, 422],
    [{ quantity: "-5", name: "A", email: "no address" }, 422],
    [{ quantity: "1e9", name: "", email: "a@example.org" }, 422],
  ])("gives the form back for %j", async (form, status) => {
    expect((await post("/entries/supper/tickets", { type: types["Child"] ?? "", ...form })).statusCode).toBe(status);
  });

  it("takes no hidden kind without its code, and nothing of what does not take place", async () => {
    expect((await post("/entries/supper/tickets", { type: types["Friends"] ?? "", quantity: "1" })).statusCode).toBe(422);
    expect((await post("/entries/nowhere/tickets", { type: types["Child"] ?? "" })).statusCode).toBe(404);
    const off = (status: "cancelled" | "confirmed") =>
      events.db.update(calendarEntries).set({ status }).where(eq(calendarEntries.slug, "supper"));
    await off("cancelled");
    const answer = await post("/entries/supper/tickets", { type: types["Place"] ?? "", quantity: "1" });
    expect([answer.statusCode, answer.body.includes("This does not take place")]).toEqual([409, true]);
    await off("confirmed");
  });
});

describe("a ticket", { timeout: 60_000 }, () => {
  it("that costs nothing is the member's at once, with a code that cameras read, and nobody else sees it", async () => {
    const taken = await post("/entries/supper/tickets", { type: types["Child"] ?? "", quantity: "1" }, asAda);
    const path = new URL(String(taken.headers.location), events.origin).pathname;
    const page = await events.get(path, { cookies: asAda });
    expect([page.statusCode, page.headers["referrer-policy"]]).toEqual([200, "no-referrer"]);
    expect(page.body).toContain("Child");
    for (const cookies of [{}, asBilal]) {
      expect((await events.get(path, { cookies })).statusCode).toBe(404);
      expect((await events.get(`${path}/qr.svg`, { cookies })).statusCode).toBe(404);
      expect((await post(`${path}/return`, {}, cookies)).statusCode).toBe(404);
      expect((await post(`${path}/transfer`, { email: "x@example.org" }, cookies)).statusCode).toBe(404);
    }
    const qr = await events.get(`${path}/qr.svg`, { cookies: asAda });
    expect(qr.headers["content-type"]).toContain("image/svg+xml");
    expect(qr.body).toMatch(/^<svg/);
  });

  it("of a guest opens by its address, goes to another, and its old address is worth nothing then", async () => {
    const taken = await post("/entries/supper/tickets", {
      type: types["Child"] ?? "",
      quantity: "1",
      name: `Grace ${HOSTILE}`,
      email: "g@example.org",
    });
    const path = new URL(String(taken.headers.location), events.origin).pathname;
    const page = await events.get(path);
    expect(page.body).toContain("Grace &lt;script&gt;");
    expect((await post(`${path}/transfer`, { email: "nobody" })).statusCode).toBe(422);
    expect((await post(`${path}/transfer`, { email: "lin@example.org", name: "Lin" })).statusCode).toBe(303);
    expect((await events.get(path)).statusCode).toBe(404);
    expect((await door(path)).json()).toEqual({ kind: "transferred" });
  });

  it("goes to an address that nobody confirmed three times a day at most, whoever types it in", async () => {
    const { rows } = await events.db.execute<{ id: string }>(
      sql`insert into ticket_types (entry_id, name, price_minor, position) select id, 'Open', 0, 9 from calendar_entries where slug = 'film' returning id`,
    );
    const send = (email: string, from: string) =>
      events.post("/entries/film/tickets", { type: rows[0]?.id ?? "", name: "Mallory", email }, { headers: { "x-forwarded-for": from } });
    const statuses = [];
    for (const n of [1, 2, 3, 4])
      statuses.push((await send(n % 2 ? "victim@example.org" : "Victim@Example.org", `10.1.1.${n}`)).statusCode);
    expect(statuses).toEqual([303, 303, 303, 409]);
    expect((await send("victim@example.org", "10.1.1.9")).body).toContain("So many mails went to that address");
    expect((await send("other@example.org", "10.1.1.9")).statusCode).toBe(303);
    expect((await send("other+1@example.org", "10.1.1.9")).statusCode).toBe(303);
    expect((await send("Other+2@example.org", "10.1.1.9")).statusCode).toBe(303);
    expect((await send("other+3@example.org", "10.1.1.9")).statusCode).toBe(409); // one mailbox, however it is written
    const kept = await events.db.execute<{ key: string }>(sql`select key from rate_limits where key like 'ticket-mail%'`);
    expect(kept.rows.some(({ key }) => key.includes("example") || key.includes("10.1"))).toBe(false);
    await events.db.execute(sql`delete from rate_limits`);
    await events.db.execute(sql`delete from tickets where ticket_type_id = ${rows[0]?.id}`);
    await events.db.execute(sql`delete from ticket_types where name = 'Open'`);
  });

  it("is bounded for one line to the internet, which has a network of IPv6, and for one entry, also where people only wait", async () => {
    await events.db.execute(sql`delete from rate_limits`);
    const wait = (email: string, from: string) => {
      const form = { "wait-type": types["Child"] ?? "", "wait-quantity": "1", "wait-name": "Mallory", "wait-email": email };
      return events.post("/entries/supper/waiting", form, { headers: { "x-forwarded-for": from } });
    };
    const codes: number[] = [];
    for (let n = 1; n <= 21; n++) codes.push((await wait(`stranger${n}@example.org`, `2001:db8:1:2::${n}`)).statusCode);
    expect([codes.slice(0, 20).every((code) => code === 303), codes[20]]).toEqual([true, 409]);
    expect((await wait("stranger1@example.org", "2001:db8:9::1")).statusCode).toBe(303);
    expect((await wait("stranger1@example.org", "2001:db8:9::1")).statusCode).toBe(303);
    const full = await wait("stranger1@example.org", "2001:db8:9::1");
    expect([full.statusCode, full.body.includes("So many mails")]).toEqual([409, true]);
    await events.db.execute(sql`update rate_limits set hits = 3000 where key like 'ticket-mail about %'`);
    expect((await wait("somebody@example.org", "2001:db8:10::1")).statusCode).toBe(409);
    await events.db.execute(sql`delete from rate_limits`);
    await events.db.execute(sql`delete from ticket_waits where email like 'stranger%'`);
  });

  it("that is full can be waited for, under an address of one's own", async () => {
    const form = { "wait-type": types["Child"] ?? "", "wait-quantity": "1", "wait-name": "Zoe", "wait-email": "z@example.org" };
    expect((await events.get("/entries/supper")).body).toContain("Join the waiting list");
    const answer = await post("/entries/supper/waiting", form);
    const path = String(answer.headers.location);
    expect((await events.get(path)).body).toMatch(/number <strong[^>]*>1</);
    expect((await post(`${path}/acceptance`, {})).statusCode).toBe(409);
    expect((await post(`${path}/leaving`, {})).statusCode).toBe(303);
    expect((await events.get(`/waiting/${"x".repeat(43)}`)).statusCode).toBe(404);
    expect((await events.get("/waiting/short")).statusCode).toBe(400);
  });
});

describe("the door", { timeout: 60_000 }, () => {
  it("is for keepers only", async () => {
    for (const path of ["/entries/supper/door", "/entries/supper/door/list", "/entries/supper/tickets", "/entries/supper/ticket-box"]) {
      expect((await events.get(path)).statusCode).toBe(401);
      expect((await events.get(path, { cookies: asAda })).statusCode).toBe(404);
      expect((await events.get(path, { cookies: asBilal })).statusCode).toBe(200);
    }
    expect((await door("x", asAda)).statusCode).toBe(404);
  });

  it("has a service worker of its own, which may see to this door alone", async () => {
    const answer = await events.get("/entries/supper/door/worker.js");
    expect([answer.statusCode, answer.headers["service-worker-allowed"]]).toEqual([200, "/entries/supper/door"]);
    expect(answer.headers["content-type"]).toContain("javascript");
    expect(answer.headers["cache-control"]).toBe("no-cache");
    expect((await events.get("/entries/a%0Ab/door/worker.js")).statusCode).toBe(400);
  });

  it("lets each ticket in once, says who let it in, and writes it down", async () => {
    const [ticket] = await events.db.select().from(tickets).where(eq(tickets.userId, ada));
    const code = ticket?.code ?? expect.fail();
    const both = await Promise.all([door(code), door(`${events.origin}/tickets/${code.toLowerCase()}`)]);
    expect(both.map((answer) => answer.json().kind).toSorted()).toEqual(["again", "welcome"]);
    expect((await door(code)).json()).toMatchObject({ kind: "again", name: "Ada", by: "Bilal" });
    expect(await events.db.$count(checkIns)).toBe(1);
    expect((await events.services.audit.listAbout(`ticket:${ticket?.id}`)).map(({ action }) => action)).toEqual(["check in"]);
    expect((await post("/entries/supper/door", { code, key: "" }, asBilal)).body).toContain("Came in before");
    const elsewhere = await events.post("/entries/film/door", { code }, { cookies: asBilal, headers: { accept: "application/json" } });
    expect(elsewhere.json()).toMatchObject({ kind: "elsewhere", title: "Supper" });
  });

  it.each(["AAAAA-AAAAA-AAAAA-AAAAA", "", HOSTILE, "' or 1=1 --", "\u0000", "x".repeat(300)])("knows no forged code: %j", async (code) => {
    expect((await door(code)).json()).toEqual({ kind: "unknown" });
  });

  it.each([
    ...[
      "23456-ABCDE-FGHJK-MNPQR",
      "'; drop table tickets; --",
      "<script>alert(1)</script>",
      "%",
      "_".repeat(23),
      "\u0000",
      "a\u0000b",
      "../../admin",
    ],
    ...["https://evil.example/tickets/23456-ABCDE-FGHJK-MNPQR", "A".repeat(5_000), "ｓ".repeat(40), "23456\r\nX: y", "WIFI:S:Hall;P:x;;"],
  ])("knows no forged code, and writes nothing down of it: %j", async (code) => {
    const before = await events.db.$count(checkIns);
    const answer = await door(code);
    if (answer.statusCode !== 400) expect([answer.statusCode, answer.json()]).toEqual([200, { kind: "unknown" }]);
    const page = await post("/entries/supper/door", { code, key: "" }, asBilal);
    expect([200, 303, 400, 422].includes(page.statusCode)).toBe(true);
    expect(page.body).not.toContain("<script>alert(1)");
    expect(await events.db.$count(checkIns)).toBe(before);
  });

  it("gives its list as a table, in which no code stands and no cell is a formula", async () => {
    await events.db.execute(sql`update tickets set holder_name = '=cmd()' where email is not null`);
    const answer = await events.get("/entries/supper/door/guests.csv", { cookies: asBilal });
    expect(answer.headers["content-type"]).toContain("text/csv");
    expect(answer.body).toContain("Name,Ticket,Code ends in");
    expect(answer.body).toContain("Ada,Child");
    expect(answer.body).not.toMatch(/(^|,|")=cmd/m);
    for (const { code } of await events.db.select({ code: tickets.code }).from(tickets)) expect(answer.body).not.toContain(code);
    expect((await events.get("/entries/supper/door/guests.csv", { cookies: asAda })).statusCode).toBe(404);
  });

  it("signs its list, in which no code stands", async () => {
    const answer = await events.get("/entries/supper/door/list", { cookies: asBilal });
    const { list, signature } = answer.json();
    const held = await events.db.select({ code: tickets.code }).from(tickets);
    for (const { code } of held) expect(list).not.toContain(code);
    const shown = await events.services.ticketDesk.getDoor(bilal, "supper", null);
    const other = await signDoorList(events.app.runtime.keys, shown, new Date(0));
    expect(other.signature).not.toBe(signature);
  });
});

describe("kinds of tickets", { timeout: 60_000 }, () => {
  it("are made and changed by keepers, with what was wrong said beside it", async () => {
    const kind = { name: "Supporter", price: "25", capacity: "4", vatClass: "zero" };
    expect((await post("/entries/film/ticket-types/new", kind, asAda)).statusCode).toBe(404);
    for (const wrong of [
      { price: "free" },
      { capacity: "0" },
      { groupName: "x".repeat(101) },
      { name: "" },
      { perPerson: "1000" },
      { capacity: "9".repeat(30) },
    ]) {
      expect((await post("/entries/film/ticket-types/new", { ...kind, ...wrong }, asBilal)).statusCode).toBe(422);
    }
    expect((await post("/entries/film/ticket-types/new", kind, asBilal)).statusCode).toBe(303);
    expect((await post("/entries/film/ticket-types/new", kind, asBilal)).statusCode).toBe(422);
    const rules = {
      capacity: "2",
      refundHours: "",
      offerHours: "1.5",
      canTransfer: "on",
      questions: "What do you eat? * | All | Vegan\nAnything else?",
    };
    expect((await post("/entries/film/ticket-box", rules, asBilal)).statusCode).toBe(303);
    const { body } = await events.get("/entries/film");
    for (const words of ["Supporter", "£25.00", "2 places left", "What do you eat?", "Vegan", "not taken back"])
      expect(body).toContain(words);
    expect((await post(`/entries/film/ticket-types/${types["Place"]}`, kind, asBilal)).statusCode).toBe(404);
  });
});
