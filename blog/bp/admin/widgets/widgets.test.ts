import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEntries } from "../../../../shared/models/audit.ts";
import { containments } from "../../../../shared/models/blog.ts";
import { calendars } from "../../../../shared/models/calendars.ts";
import type { CalendarId, PageId, UserId } from "../../../../shared/models/ids.ts";
import { marketPlaces } from "../../../../shared/models/places.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aPlace } from "../../../../tests/builders/places.ts";
import { aMember, aPage } from "../../../../tests/builders/publication.ts";
import { appoint, giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const blog = await openTestApp("blog");
const HOSTILE = "<script>alert(1)</script>";
type Cookies = Record<string, string>;
let efua: UserId;
let editor: Cookies;
let section: Cookies;
let house: PageId;
let food: PageId;
let kitchen: CalendarId;
let hall: CalendarId;

beforeAll(async () => {
  efua = await aMember(blog.db, { handle: "efua" });
  const dov = await aMember(blog.db, { handle: "dov" });
  house = await aPage(blog.db, { path: "house", title: `House ${HOSTILE}` });
  food = await aPage(blog.db, { path: "food" });
  await giveRole(blog.db, efua, "editor", "blog");
  await appoint(blog.db, dov, food);
  [editor, section] = [await signedIn(blog, "blog", efua), await signedIn(blog, "blog", dov)];
  [kitchen, hall] = [await aCalendar("kitchen", `Kitchen ${HOSTILE}`), await aCalendar("hall", "Hall")];
});
beforeEach(() => blog.db.delete(containments));
afterAll(() => blog.close());

async function aCalendar(slug: string, name: string): Promise<CalendarId> {
  const row = { slug, name, colour: "rose" as const, zone: "Europe/London", position: 1 };
  const [made] = await blog.db.insert(calendars).values(row).returning({ id: calendars.id });
  if (!made) throw new Error("the calendar was not made");
  return made.id;
}

const stateOf = () => blog.services.widgets.getWidgetsFor(efua, house);
const slugs = async () => (await stateOf()).widgets.map(({ slug }) => slug);
const idOf = async (slug: string) => (await stateOf()).widgets.find((widget) => widget.slug === slug)?.id ?? 0;
const change = async (path: string, form: Record<string, string>, cookies = editor) =>
  blog.post(`/admin/pages/${house}/widgets${path}`, { version: (await stateOf()).version, ...form }, { cookies });
const put = (calendar: CalendarId) => change("", { what: `calendar:${calendar}` });

describe("the calendars of a page", { timeout: 30_000 }, () => {
  it("are put there, sorted and taken off, which is written down", async () => {
    expect((await put(kitchen)).headers.location).toBe(`/admin/pages/${house}/widgets?notice=widgets-changed`);
    await put(hall);
    expect(await slugs()).toEqual(["kitchen", "hall"]);
    expect((await stateOf()).choices).toEqual([]);
    await change(`/${await idOf("hall")}/place`, { direction: "up" });
    expect(await slugs()).toEqual(["hall", "kitchen"]);
    await change("/order", { order: `${await idOf("kitchen")},${await idOf("hall")}` });
    expect(await slugs()).toEqual(["kitchen", "hall"]);
    await change(`/${await idOf("kitchen")}/removal`, {});
    expect(await slugs()).toEqual(["hall"]);
    const entries = await blog.db
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(eq(auditEntries.subject, `page:${house}`));
    expect(entries.map(({ action }) => action).sort()).toEqual([
      "add widget",
      "add widget",
      "order widget",
      "order widget",
      "remove widget",
    ]);
  });

  it("stand under the page's text, with a word of the page's own while events is away", async () => {
    await put(kitchen);
    const { body } = await blog.get("/house");
    expect(body).toContain("Kitchen &lt;script&gt;");
    expect(body).not.toContain(HOSTILE);
    expect(body).toContain("The calendar does not answer at the moment.");
    expect(body).toMatch(/href="http:\/\/events\.[^"]+\/calendars\/kitchen"/);
    expect((await blog.get("/food")).body).not.toContain("The calendar does not answer");
  });

  it("can be market places, which readers see once they are public", async () => {
    const stall = await aPlace(blog.db, { slug: "stall", name: `Stall ${HOSTILE}`, isPublic: false });
    await put(kitchen);
    expect((await change("", { what: `market:${stall}` })).statusCode).toBe(303);
    expect((await change("", { what: `market:${stall}` })).statusCode).toBe(422);
    expect((await blog.get("/house")).body).not.toContain("Stall");
    await blog.db.update(marketPlaces).set({ isPublic: true });
    await change(`/${await idOf("stall")}/place`, { direction: "up" });
    expect(await slugs()).toEqual(["stall", "kitchen"]);
    const { body } = await blog.get("/house");
    expect(body).toContain("Stall &lt;script&gt;");
    expect(body).not.toContain(HOSTILE);
    expect(body).toContain("The shop does not answer at the moment.");
    expect(body).toMatch(/href="http:\/\/market\.[^"]+\/places\/stall"/);
    expect((await blog.get(`/admin/pages/${house}/widgets`, { cookies: editor })).body).toContain("Market place");
    await blog.db.delete(marketPlaces);
    expect(await slugs()).toEqual(["kitchen"]);
  });

  it("are changed by one of two editors, and the other is told", async () => {
    const { version } = await stateOf();
    const both = await Promise.all(
      [kitchen, hall].map((calendar) =>
        blog.post(`/admin/pages/${house}/widgets`, { version, what: `calendar:${calendar}` }, { cookies: editor }),
      ),
    );
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409]);
    expect(both.find(({ statusCode }) => statusCode === 409)?.body).toContain("Somebody changed what this page shows meanwhile");
    expect(await slugs()).toHaveLength(1);
  });

  it.each(["", "calendar:", "calendar:999999", "market:999999", "market:", "calendar:1;drop"])("are not what %j names", async (what) => {
    expect((await change("", { what })).statusCode).toBe(422);
    expect(await slugs()).toEqual([]);
  });

  it("are none twice", async () => {
    await put(hall);
    expect((await put(hall)).statusCode).toBe(422);
    expect((await change("/order", { order: "1,2,3" })).statusCode).toBe(422);
    expect(await slugs()).toEqual(["hall"]);
  });

  it("are for whoever edits that page, and nothing to others", async () => {
    const at = (page: number, cookies: Cookies) => blog.get(`/admin/pages/${page}/widgets`, { cookies });
    expect((await at(food, section)).statusCode).toBe(200);
    expect((await at(house, section)).statusCode).toBe(404);
    expect((await at(house, {})).statusCode).toBe(404);
    expect((await at(999_999, editor)).statusCode).toBe(404);
    expect((await change("", { what: `calendar:${hall}` }, section)).statusCode).toBe(404);
    expect(await slugs()).toEqual([]);
    const page = await at(house, editor);
    expect(page.body).not.toContain(HOSTILE);
    expect(page.body).toContain("Kitchen &lt;script&gt;");
  });
});
