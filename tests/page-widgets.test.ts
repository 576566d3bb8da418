import { calendars } from "@rose-ash/shared/models/calendars.ts";
import { calendarEntries } from "@rose-ash/shared/models/events.ts";
import type { CalendarId } from "@rose-ash/shared/models/ids.ts";
import { asc } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pages } from "../shared/models/blog.ts";
import { Browser } from "./browser.ts";
import { signInAs } from "./sign-in.ts";
import { openTestSite } from "./site.ts";

const DAY_MS = 86_400_000;
const site = await openTestSite(["blog", "events", "federation", "account"]);
const [ada, guest] = [new Browser(), new Browser()];
beforeAll(() => signInAs(site, ada, "ada"));
afterAll(() => site.close());

/** A calendar with one entry, the day after tomorrow. */
async function aCalendarWith(entry: string): Promise<CalendarId> {
  const row = { slug: `of-${entry}`, name: `All of ${entry}`, colour: "leaf" as const, zone: "Europe/London", position: 9 };
  const [calendar] = await site.db.insert(calendars).values(row).returning({ id: calendars.id });
  if (!calendar) throw new Error("the calendar was not made");
  const [startsAt, endsAt] = [new Date(Date.now() + 2 * DAY_MS), new Date(Date.now() + 2.1 * DAY_MS)];
  await site.db
    .insert(calendarEntries)
    .values({ calendarId: calendar.id, slug: entry, title: entry, startsAt, endsAt, zone: "Europe/London", status: "confirmed" });
  return calendar.id;
}

/** What the forms of a page carry, so that a change is made to what its editor saw. */
async function versionAt(url: string): Promise<string> {
  return /name="version" value="([^"]+)"/.exec((await ada.get(url)).text)?.[1] ?? "";
}

it("a calendar that an editor puts on a page shows its next entries there, and no other calendar's", async () => {
  const [shown] = [await aCalendarWith("pruning-the-pears"), await aCalendarWith("mending-the-press")];
  const [page] = await site.db.select({ id: pages.id, path: pages.path }).from(pages).orderBy(asc(pages.id)).limit(1);
  if (!page) throw new Error("the seed has no page");
  const address = site.url("blog", `/${page.path}`);
  expect((await guest.get(address)).text).not.toContain("pruning-the-pears");
  const widgets = site.url("blog", `/admin/pages/${page.id}/widgets`);
  await ada.post(widgets, { version: await versionAt(widgets), what: `calendar:${shown}` });
  await expect.poll(async () => (await guest.get(address)).text, { timeout: 5_000 }).toContain("/entries/pruning-the-pears");
  expect((await guest.get(address)).text).not.toContain("mending-the-press");
  expect(await site.services.events.listNextEntriesOf("a-calendar-that-never-was", 4)).toEqual([]);
});

it("a menu that is changed is the menu of another service within a second", async () => {
  const elsewhere = site.url("events", "/");
  expect((await guest.get(elsewhere)).text).not.toContain("Bread on Tuesdays");
  const version = await versionAt(site.url("blog", "/admin/navigation"));
  await ada.post(site.url("blog", "/admin/navigation/primary/items"), { version, label: "Bread on Tuesdays", page: "", url: "/posts" });
  await expect.poll(async () => (await guest.get(elsewhere)).text, { timeout: 1_000, interval: 100 }).toContain("Bread on Tuesdays");
});
