import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { userEmails } from "../../../shared/models/identity.ts";
import type { CalendarId, TicketTypeId, UserId } from "../../../shared/models/ids.ts";
import { tickets } from "../../../shared/models/tickets.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aCalendar, aTicketedEntry, aTicketOf } from "../../../tests/builders/holdings.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const account = await openTestApp("account");
afterAll(() => account.close());
const { db } = account;

const HOSTILE = `"'><script>alert(1)</script>`;
const code = (name: string) => `${name.toUpperCase()}-AAAAA-BBBBB`;
let [ada, kim, zoe] = [0, 0, 0] as unknown as [UserId, UserId, UserId];
const cookies: Record<string, Record<string, string>> = {};
let calendarId: CalendarId;
let supper: TicketTypeId;

beforeAll(async () => {
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  kim = await aMember(db, { handle: "kim", name: "Kim" });
  zoe = await aMember(db, { handle: "zoe", name: "Zoe" });
  for (const [name, userId] of Object.entries({ ada, kim, zoe })) cookies[name] = await signedIn(account, "account", userId);
  await db.insert(userEmails).values({ email: "zoe@example.org", userId: zoe, isPrimary: true });
  calendarId = await aCalendar(db);
  supper = await aTicketedEntry(db, calendarId, { slug: "supper", title: `Supper ${HOSTILE}`, place: "Hall", inHours: 100 });
  const choir = await aTicketedEntry(db, calendarId, { slug: "choir", title: "Choir", inHours: -9000 });
  await aTicketOf(db, ada, { typeId: supper, code: code("ada"), holderName: HOSTILE });
  await aTicketOf(db, kim, { typeId: supper, code: code("kim") });
  await aTicketOf(db, ada, { typeId: choir, code: code("choir") });
  await aTicketOf(db, ada, { typeId: supper, code: code("gone"), status: "cancelled" });
}, 60_000);

const get = (path: string, who = "") => account.get(path, { cookies: cookies[who] ?? {} });
const post = (path: string, form: Record<string, string>, who: string) => account.post(path, form, { cookies: cookies[who] ?? {} });

describe("a member's tickets", { timeout: 60_000 }, () => {
  it("are none of a guest's", async () => {
    for (const path of [
      "/tickets",
      `/tickets/${code("ada")}`,
      `/tickets/${code("ada")}/qr.svg`,
      "/orders",
      "/bookings",
      "/family",
      "/calendar",
      "/calendar.ics",
    ])
      expect((await get(path)).statusCode).toBe(401);
  });

  it("stand in views of what is ahead, over and not valid, and are found by words and year", async () => {
    const codesAt = async (path: string) =>
      [...(await get(path, "ada")).body.matchAll(/href="\/tickets\/([A-Z-]+)"/g)].map(([, found]) => found);
    expect(await codesAt("/tickets")).toEqual([code("ada")]);
    expect(await codesAt("/tickets?show=past")).toEqual([code("choir")]);
    expect(await codesAt("/tickets?show=off")).toEqual([code("gone")]);
    expect(await codesAt("/tickets?q=hAll")).toEqual([code("ada")]);
    expect(await codesAt(`/tickets?q=${encodeURIComponent("%")}`)).toEqual([]);
    expect(await codesAt("/tickets?year=2000&page=7")).toEqual([]);
    const year = new Date(Date.now() - 9000 * 3_600_000).getUTCFullYear();
    expect(await codesAt(`/tickets?show=past&year=${year}`)).toEqual([code("choir")]);
  });

  it.each(["?page=-1", "?page=1e9", "?year=abc", "?show=everything", "?q=%27%3B--", `?q=${"x".repeat(101)}`])(
    "take an address that makes no sense as one that asks for less: %s",
    async (query) => {
      for (const path of ["/tickets", "/orders", "/bookings"]) expect((await get(path + query, "ada")).statusCode).toBe(200);
    },
  );

  it("have a page with the code to show, which runs nobody's script and may be kept for its member alone", async () => {
    const { body, headers, statusCode } = await get(`/tickets/${code("ada")}`, "ada");
    expect(statusCode).toBe(200);
    expect(body).toContain(code("ada"));
    expect(body).not.toContain("<script>alert");
    expect(body).toContain(`/tickets/${code("ada")}/ticket.pdf`);
    expect(headers["cache-control"]).toBe("private, no-store");
    const [mark, other] = [headers["x-kept-for"], (await get("/tickets", "kim")).headers["x-kept-for"]];
    expect(mark).toMatch(/^[\w-]{22}$/);
    expect(other).not.toBe(mark);
    const keeper = [headers["set-cookie"]].flat().find((line) => line?.startsWith("rose_keeper="));
    expect(keeper).toContain(`rose_keeper=${mark}; Max-Age=`);
    expect(keeper).not.toContain("HttpOnly");
    const qr = await get(`/tickets/${code("ada")}/qr.svg`, "ada");
    expect(qr.headers).toMatchObject({ "content-type": "image/svg+xml", "x-kept-for": mark });
    expect(qr.body).toContain("<svg");
  });

  it("are not there at an address that somebody guessed, whatever is asked of them", async () => {
    for (const path of [
      `/tickets/${code("ada")}`,
      `/tickets/${code("ada")}/qr.svg`,
      "/tickets/NOBODY",
      "/tickets/1",
      "/tickets/..%2Forders",
    ]) {
      const { statusCode, headers } = await get(path, "kim");
      expect(statusCode).toBe(404);
      expect(headers["x-kept-for"]).toBeUndefined();
    }
    const form = { email: "kim@example.org", name: "Kim", holder: "" };
    for (const what of ["transfer", "return", "holder"])
      expect((await post(`/tickets/${code("ada")}/${what}`, form, "kim")).statusCode).toBe(404);
    expect((await get("/tickets", "kim")).body).not.toContain(code("ada"));
  });

  it("say that they are not valid any more, without a code", async () => {
    const { body } = await get(`/tickets/${code("gone")}`, "ada");
    expect(body).toContain("This ticket is not valid any more");
    expect(body).not.toContain("ticket-qr");
  });

  it("go to somebody else: gone from who had it, who is told so at its address, and theirs under another code", async () => {
    await aTicketOf(db, ada, { typeId: supper, code: code("moving") });
    const wrong = await post(`/tickets/${code("moving")}/transfer`, { email: "nobody", name: HOSTILE }, "ada");
    expect([wrong.statusCode, wrong.body.includes("This is no mail address.")]).toEqual([422, true]);
    const sent = await post(`/tickets/${code("moving")}/transfer`, { email: "zoe@example.org", name: "" }, "ada");
    expect(sent.headers.location).toBe("/tickets?notice=ticket-sent");
    const gone = await get(`/tickets/${code("moving")}`, "ada");
    expect(gone.statusCode).toBe(404);
    expect(gone.body).toContain("You gave this ticket to somebody else.");
    expect((await get(`/tickets/${code("moving")}`, "zoe")).body).not.toContain("You gave this ticket");
    expect((await get("/tickets", "zoe")).body).toMatch(/href="\/tickets\/[0-9A-Z-]+"/);
    expect((await get("/tickets", "ada")).body).not.toContain(code("moving"));
  });

  it("are given back as their entry allows, once", async () => {
    await aTicketOf(db, ada, { typeId: supper, code: code("back") });
    const notices = [];
    for (let turn = 0; turn < 2; turn++)
      notices.push((await post(`/tickets/${code("back")}/return`, {}, "ada")).headers.location?.split("notice=")[1]);
    expect(notices).toEqual(["ticket-given-back", "ticket-closed"]);
  });
});

describe("a ward's tickets", { timeout: 60_000 }, () => {
  const holds = async (who: UserId) => {
    const facts = await account.services.relations.list(
      { relation: "account.sees_ticket", columns: { user: "user", ticket: "ticket" } },
      { user: who },
    );
    return facts.map(({ ticket }) => Number(ticket)).sort();
  };
  const listed = async (who: UserId) => {
    const ask = { year: null, words: "", page: 1 };
    const pages = await Promise.all((["ahead", "past"] as const).map((shown) => account.services.tickets.listSeen(who, shown, ask)));
    return pages.flatMap(({ items }) => items.map(({ ticket }) => Number(ticket.id))).sort();
  };

  it("are seen by who looks after them, with why, and nothing is done with them; ending it ends that", async () => {
    expect((await get(`/tickets/${code("kim")}`, "ada")).statusCode).toBe(404);
    await post("/family/wards", { handle: "@Kim" }, "ada");
    expect((await get(`/tickets/${code("kim")}`, "ada")).statusCode).toBe(404); // asked is not agreed
    const [, id] = /\/family\/ties\/(\d+)\/answer/.exec((await get("/family", "kim")).body) ?? [];
    expect((await post(`/family/ties/${id}/answer`, { answer: "yes" }, "zoe")).headers.location).toContain("family-gone");
    expect((await post(`/family/ties/${id}/answer`, { answer: "yes" }, "kim")).headers.location).toContain("family-yes");

    const { body, statusCode } = await get(`/tickets/${code("kim")}`, "ada");
    expect(statusCode).toBe(200);
    for (const words of ["Ticket of Kim", "Why do I see this ticket?", "Ada looks after Kim", "Kim holds"]) expect(body).toContain(words);
    for (const words of ["Give it to somebody else", "Give it back<", "Whom is it for?"]) expect(body).not.toContain(words);
    expect((await get("/tickets", "ada")).body).toContain(code("kim"));
    expect((await get(`/tickets/${code("kim")}/qr.svg`, "ada")).statusCode).toBe(200);
    const form = { email: "zoe@example.org", name: "", holder: "" };
    for (const what of ["transfer", "return", "holder"])
      expect((await post(`/tickets/${code("kim")}/${what}`, form, "ada")).headers.location).toContain("ticket-closed");
    const [ticket] = await db
      .select()
      .from(tickets)
      .where(eq(tickets.code, code("kim")));
    expect(ticket).toMatchObject({ userId: kim, status: "valid", holderName: "" });
    expect(await listed(ada)).toEqual(await holds(ada));

    await post(`/family/ties/${id}/end`, {}, "kim");
    for (const path of [`/tickets/${code("kim")}`, `/tickets/${code("kim")}/qr.svg`]) expect((await get(path, "ada")).statusCode).toBe(404);
    expect((await get("/tickets", "ada")).body).not.toContain(code("kim"));
    expect(await listed(ada)).toEqual(await holds(ada));
  });

  it("are seen alike by what staff state, until it ends, in lists and by the rules", async () => {
    const state = (expires: string, ward: string) =>
      db.execute(sql`insert into relation_facts (relation, arguments, asserted_by, expires_at)
        values ('account.guardian', ${JSON.stringify([`user:${zoe}`, ward])}::jsonb, 'user:1', now() + ${expires}::interval)`);
    for (const ward of ["user:x", "user:0", `page:${kim}`, "kim'"]) await state("1 hour", ward);
    await state("-1 hour", `user:${ada}`);
    expect((await get(`/tickets/${code("ada")}`, "zoe")).statusCode).toBe(404);
    await state("1 hour", `user:${kim}`);
    expect((await get(`/tickets/${code("kim")}`, "zoe")).statusCode).toBe(200);
    expect(await listed(zoe)).toEqual(await holds(zoe));
  });
});

it("names a child without an account on a ticket, and nobody who is none", async () => {
  await post("/family/children", { name: `Robin ${HOSTILE}` }, "ada");
  const page = await get(`/tickets/${code("ada")}`, "ada");
  expect(page.body).toContain("Whom is it for?");
  expect(page.body).not.toContain("<script>alert");
  const holder = async () =>
    (
      await db
        .select()
        .from(tickets)
        .where(eq(tickets.code, code("ada")))
    )[0]?.holderName;
  await post(`/tickets/${code("ada")}/holder`, { holder: "The Queen" }, "ada");
  expect(await holder()).toBe(HOSTILE);
  await post(`/tickets/${code("ada")}/holder`, { holder: `Robin ${HOSTILE}` }, "ada");
  expect(await holder()).toBe(`Robin ${HOSTILE}`);
});

it("gives its service worker for the pages of tickets alone", async () => {
  const { headers, statusCode, body } = await get("/tickets/worker.js");
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({ "service-worker-allowed": "/tickets", "cache-control": "no-cache" });
  expect(headers["content-type"]).toContain("javascript");
  expect(body).toContain("rose_keeper");
});

it("takes what a browser kept away as the member signs out", async () => {
  const out = await account.post("/auth/logout", {}, { cookies: await signedIn(account, "account", zoe) });
  expect(out.headers["clear-site-data"]).toBe('"storage"');
  expect([out.headers["set-cookie"]].flat().some((line) => line?.startsWith("rose_keeper=; ") && line.includes("Domain="))).toBe(true);
});
