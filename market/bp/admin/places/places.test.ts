import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MarketPlaceId, UserId } from "../../../../shared/models/ids.ts";
import { marketPlaces } from "../../../../shared/models/places.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aPlace } from "../../../../tests/builders/places.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct, aShelf } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const HOSTILE = "<script>alert(1)</script>";
const market = await openTestApp("market", { clock: { now: () => new Date("2026-11-03T12:00:00Z") } }); // long past: sessions of tests begin now
let cookies: Record<string, string>;
let efua: UserId;
let stall: MarketPlaceId;

beforeAll(async () => {
  efua = await aMember(market.db, { handle: "efua" });
  await giveRole(market.db, efua, "steward", "market");
  cookies = await signedIn(market, "market", efua);
  const bread = await aShelf(market.db, { slug: "bread", name: `Bread ${HOSTILE}` });
  await aProduct(market.db, { slug: "rye", name: `Rye ${HOSTILE}` }, [bread]);
  await aProduct(market.db, { slug: "bun", name: "Bun" }, [bread]);
});
beforeEach(async () => {
  await market.db.delete(marketPlaces);
  stall = await aPlace(market.db, { slug: "stall", name: `Stall ${HOSTILE}`, isPublic: false });
});
afterAll(() => market.close());

const see = async (path = "") => (await market.get(`/admin/places/${stall}${path}`, { cookies })).body;
const send = (path: string, form: Record<string, string>) => market.post(`/admin/places/${stall}${path}`, form, { cookies });
const stored = () => market.services.places.getForEditing(stall);
/** As the page's form says it. */
const revision = async (path = "") => /name="revision" value="(\d+)"/.exec(await see(path))?.[1] ?? "";

describe("a place behind the counter", { timeout: 30_000 }, () => {
  it("is made, described and made public", async () => {
    const made = await market.post("/admin/places", { name: "Friday stall" }, { cookies });
    const [, id = ""] = /^\/admin\/places\/(\d+)\?/.exec(String(made.headers.location)) ?? [];
    stall = Number(id) as MarketPlaceId;
    expect((await market.get("/places/friday-stall")).statusCode).toBe(404);
    const form = { name: "Friday stall", slug: "friday", summary: "Bread", location: "The yard", zone: "Europe/London", isPublic: "yes" };
    const saved = await send("", { ...form, revision: await revision(), text: `By the lime.\n\n${"<b>"}Cash${"</b>"} ${HOSTILE}` });
    expect(saved.statusCode).toBe(303);
    const page = await market.get("/places/friday");
    expect(page.body).toContain("By the lime.");
    expect(page.body).toContain("<b>Cash</b>");
    expect(page.body).not.toContain(HOSTILE);
    expect(await see()).toContain('name="isPublic" value="yes" checked');
  });

  it.each([
    ["name", ""],
    ["name", "x".repeat(101)],
    ["slug", "Not a slug"],
    ["slug", "a--b"],
    ["summary", "x".repeat(201)],
    ["zone", "Mars/Olympus"],
    ["zone", "+01:00"],
    ["text", "x".repeat(20_001)],
  ])("is given back with what was typed when %s is %j", async (field, value) => {
    const form = { name: "Typed", slug: "typed", summary: "", location: "", zone: "Europe/London", text: "Mine" };
    const answer = await send("", { ...form, revision: await revision(), [field]: value });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(`href="#field-${field}"`);
    if (field !== "text") expect(answer.body).toContain(">Mine</textarea>");
    expect((await stored()).slug).toBe("stall");
  });

  it("says so when another place has the address, or somebody else was quicker", async () => {
    await aPlace(market.db, { slug: "taken" });
    const form = { name: "Mine", slug: "taken", zone: "Europe/London", revision: await revision() };
    expect((await send("", form)).body).toContain("Another place is at this address already.");
    expect((await send("", { ...form, slug: "mine" })).statusCode).toBe(303);
    const late = await send("", { ...form, slug: "mine", name: "Late & typed" });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain("Somebody else changed it meanwhile");
    expect(late.body).toContain('value="Late &amp; typed"');
  });

  it("is sorted among the others and removed", async () => {
    const second = await aPlace(market.db, { slug: "second", position: 2 });
    expect((await market.post(`/admin/places/${second}/place`, { direction: "up" }, { cookies })).statusCode).toBe(303);
    const list = await market.services.places.listForEditing();
    expect(list.map(({ slug }) => slug)).toEqual(["second", "stall"]);
    expect((await send("/removal", {})).statusCode).toBe(303);
    expect((await send("/removal", {})).statusCode).toBe(404);
  });

  it("shows script in names as text", async () => {
    await send("/rules", { category: "1" });
    await send("/picks", { product: "1" });
    for (const path of ["", "/hours", "/selection", "/selection?q=rye"]) {
      expect(await see(path)).toMatch(/<h1>Stall &lt;script&gt;/);
      expect(await see(path)).not.toContain(HOSTILE);
    }
  });
});

describe("opening times", { timeout: 30_000 }, () => {
  const save = async (form: Record<string, string>) => send("/hours", { revision: await revision("/hours"), ...form });

  it("are typed for a week, two spans a day, also over midnight", async () => {
    const form = {
      "opens-5-0": "18:00",
      "closes-5-0": "02:00",
      "opens-6-1": "14:00",
      "closes-6-1": "18:00",
      "opens-6-0": "09:00",
      "closes-6-0": "13:00",
      "opens-7-0": "00:00",
      "closes-7-0": "00:00",
    };
    expect((await save(form)).statusCode).toBe(303);
    expect((await stored()).times.week).toEqual([
      { weekday: 5, opensMinute: 1080, closesMinute: 1560 },
      { weekday: 6, opensMinute: 540, closesMinute: 780 },
      { weekday: 6, opensMinute: 840, closesMinute: 1080 },
      { weekday: 7, opensMinute: 0, closesMinute: 1440 },
    ]);
    const page = await see("/hours");
    for (const [name, value] of Object.entries(form)) expect(page).toMatch(new RegExp(`name="${name}" value="${value}"`));
  });

  it.each([
    [{ "opens-1-0": "09:00" }, "Monday: from when until when"],
    [{ "opens-1-0": "09:00", "closes-1-0": "09:00" }, "Monday: from when until when"],
    [{ "opens-1-0": "25:00", "closes-1-0": "26:00" }, "Monday: from when until when"],
    [{ "opens-2-0": "09:00", "closes-2-0": "13:00", "opens-2-1": "12:00", "closes-2-1": "14:00" }, "Tuesday: one begins before"],
    [{ "opens-3-0": "18:00", "closes-3-0": "02:00", "opens-3-1": "20:00", "closes-3-1": "21:00" }, "Wednesday: one begins before"],
  ])("are given back when they make no sense: %o", async (form, words) => {
    const answer = await save(form as unknown as Record<string, string>);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(words);
    for (const typed of Object.values(form)) expect(answer.body).toContain(`value="${typed}"`);
    expect((await stored()).times.week).toEqual([]);
  });

  it("are others on days in a row, and as usual again", async () => {
    await send("/other-hours", { from: "2026-12-24", to: "2026-12-26", note: `Feast ${HOSTILE}` });
    await send("/other-hours", { from: "2026-12-31", "opens-other-0": "09:00", "closes-other-0": "12:00" });
    const page = await see("/hours");
    for (const words of ["Thursday 24 December 2026", "Saturday 26 December 2026", "Feast &lt;script&gt;", "9:00–12:00"])
      expect(page).toContain(words);
    expect((await send("/other-hours/2026-12-25/removal", {})).statusCode).toBe(303);
    expect((await send("/other-hours/2026-12-25/removal", {})).statusCode).toBe(404);
    expect((await stored()).times.exceptions.map(({ day }) => day)).toEqual(["2026-12-24", "2026-12-26", "2026-12-31"]);
  });

  it.each([
    [{ from: "" }, "from"],
    [{ from: "2026-02-30" }, "from"],
    [{ from: "0001-01-01" }, "from"],
    [{ from: "2026-12-26", to: "2026-12-24" }, "to"],
    [{ from: "2026-12-26", to: "2027-12-24" }, "to"],
    [{ from: "2026-12-26", "opens-other-0": "09:00" }, "opens-other-0"],
  ])("are not others for %o", async (form, field) => {
    const answer = await send("/other-hours", form as unknown as Record<string, string>);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(`href="#field-${field}"`);
    expect((await stored()).times.exceptions).toEqual([]);
  });

  it.each(["2026-02-30", "2026-13-01", "9999-99-99"])("of %s are not there to be removed", async (day) => {
    expect((await send(`/other-hours/${day}/removal`, {})).statusCode).toBe(404);
  });
});

describe("what a place sells", { timeout: 30_000 }, () => {
  it("is chosen by what it is and picked by hand, without scripts", async () => {
    const page = await see("/selection?q=bun");
    const [, category = ""] = /<option value="(\d+)">Bread/.exec(page) ?? [];
    expect(page).not.toMatch(/<select[^>]* required/); // a browser would not send "Any"
    const [, bun = ""] = /name="product" value="(\d+)"/.exec(page) ?? [];
    expect((await send("/picks", { product: bun })).statusCode).toBe(303);
    expect((await send("/rules", { category, label: "", supplier: "" })).statusCode).toBe(303);
    expect((await stored()).productCount).toBe(2);
    expect(await see("/selection?q=bun&notice=saved")).toMatch(/It is saved.*Is here/s);
    const [rule] = (await stored()).rules;
    await send(`/rules/${rule?.id}/removal`, {});
    await send(`/picks/${bun}/removal`, {});
    expect((await stored()).productCount).toBe(0);
  });

  it.each([
    ["/rules", {}],
    ["/rules", { category: "x", supplier: "-1" }],
    ["/rules", { category: "999999" }],
    ["/picks", { product: "999999" }],
    ["/picks/999999/removal", {}],
    ["/picks/999999/place", { direction: "up" }],
    ["/rules/999999/removal", {}],
  ])("is not changed by %s %o", async (path, form) => {
    const answer = await send(path, form as unknown as Record<string, string>);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("Nothing was changed");
  });
});
