import { sql } from "drizzle-orm";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserId } from "../shared/models/ids.ts";
import { aBookingOf, aCalendar, aTicketedEntry, aTicketOf } from "./builders/holdings.ts";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const PATIENCE_MS = 30_000;
const CODE = "SUPPER-AAAAA-BBBBB";
const MOVING = "MOVING-AAAAA-BBBBB";
let site: VisitedSite;

describe.runIf(tools.chromium)("what a member holds, in a real browser", { timeout: 240_000 }, () => {
  beforeAll(async () => {
    site = await openVisitedSite({ apps: ["account", "events", "federation"] });
    const [ada, kim] = [await idOf("ada"), await idOf("bilal")];
    const calendarId = await aCalendar(site.db, "keep");
    const typeId = await aTicketedEntry(site.db, calendarId, {
      slug: "keep-supper",
      title: "A long supper by the oven",
      place: "Hall",
      inHours: 100,
    });
    await aTicketOf(site.db, ada, { typeId, code: CODE });
    await aTicketOf(site.db, ada, { typeId, code: MOVING });
    await aTicketOf(site.db, kim, { typeId, code: "WARD-AAAAA-BBBBB" });
    await aBookingOf(site.db, ada, { calendarId, code: "keep-aaaaaaaaaaaaaaaaaaaaa", purpose: "Choir", inHours: 60 });
    await site.db.execute(sql`insert into guardianships (guardian_id, ward_id, state) values (${kim}, ${ada}, 'asked')`);
    await site.db.execute(sql`insert into guardianships (guardian_id, ward_id, state) values (${ada}, ${kim}, 'active')`);
    await site.db.execute(sql`insert into guardianships (guardian_id, ward_name, state) values (${ada}, 'Robin', 'active')`);
  }, 120_000);
  afterAll(() => site.close());

  it.each([
    ["on a desk", 1280],
    ["on a phone", 360],
  ])("has nothing wrong %s", async (_, width) => {
    const context = await site.chrome.newContext({ viewport: { width, height: 900 } });
    const page = await signedInAs(context, "Ada", "/tickets");
    for (const path of [
      "/tickets",
      `/tickets/${CODE}`,
      "/tickets/WARD-AAAAA-BBBBB",
      "/orders",
      "/orders?show=over",
      "/bookings",
      "/family",
      "/calendar",
    ]) {
      await page.goto(site.url("account", path));
      expect(await faultsOf(page)).toEqual([]);
    }
    await context.close();
  });

  it("opens a ticket that was seen without network, and says so when it went to somebody else meanwhile", async () => {
    const context = await site.chrome.newContext({ viewport: { width: 375, height: 800 } });
    const page = await signedInAs(context, "Ada", `/tickets/${MOVING}`);
    await page.getByText("Opens without network", { exact: true }).waitFor();
    await page.goto(site.url("account", `/tickets/${CODE}`));
    await page.getByText("Opens without network", { exact: true }).waitFor();

    await goAway(context);
    await page.reload();
    await page.getByText("This is how it was on").waitFor();
    const code = page.getByRole("img", { name: `Code for the door: ${CODE}` });
    expect(await code.evaluate((img) => (img as { naturalWidth?: number }).naturalWidth)).toBeGreaterThan(0);
    expect(await faultsOf(page)).toEqual([]);
    await page.goto(site.url("account", `/tickets/${MOVING}`));
    await page.getByText("This is how it was on").waitFor();
    await page.goto(site.url("account", "/tickets/WARD-AAAAA-BBBBB")); // never seen here
    expect(await page.getByText("This is how it was on").count()).toBe(0);
    await page.goto(site.url("account", `/tickets/${MOVING}`));
    await page.getByText("This is how it was on").waitFor();

    await site.db.execute(sql`
      with gone as (update tickets set code = 'OTHERS-CODE-AAAAA', user_id = (select id from users where handle = 'bilal') where code = ${MOVING} returning id)
      insert into ticket_transfers (ticket_id, old_code, from_user_id) select gone.id, ${MOVING}, users.id from gone, users where handle = 'ada'`);
    await comeBack(context);
    await page.getByText("You gave this ticket to somebody else").waitFor(); // by itself
    await expect.poll(() => keptPages(page), { timeout: PATIENCE_MS }).toEqual([site.url("account", `/tickets/${CODE}`)]);
    await context.close();
  });

  it.each(["account", "events"] as const)("keeps nothing of a member who signed out at %s", async (app) => {
    const context = await site.chrome.newContext();
    const page = await signedInAs(context, "Ada", `/tickets/${CODE}`);
    await page.getByText("Opens without network", { exact: true }).waitFor();
    const elsewhere = await context.newPage();
    await elsewhere.goto(site.url(app, "/")); // signed in there as well, silently
    await elsewhere.goto(site.url(app, "/auth/logout"));
    await elsewhere.locator("main").getByRole("button", { name: "Sign out" }).click();
    await elsewhere.waitForURL(site.url(app, "/"));
    await expect.poll(() => keptPages(page), { timeout: PATIENCE_MS }).toEqual([]);
    await goAway(context);
    await page.goto(site.url("account", `/tickets/${CODE}`)).catch(() => null);
    expect(await page.getByRole("img", { name: /Code for the door/ }).count()).toBe(0);
    await comeBack(context);
    await context.close();
  });

  it("keeps nothing of one member when another signs in, and nothing of the other without their seeing it", async () => {
    const context = await site.chrome.newContext();
    const page = await signedInAs(context, "Ada", `/tickets/${CODE}`);
    await page.getByText("Opens without network", { exact: true }).waitFor();
    await context.clearCookies(); // as a browser that forgot its session, not its storage
    const other = await signedInAs(context, "Bilal", "/tickets");
    await other.getByText("Opens without network", { exact: true }).waitFor();
    expect(await keptPages(other)).toEqual([site.url("account", "/tickets")]);
    await goAway(context);
    await other.goto(site.url("account", `/tickets/${CODE}`)).catch(() => null);
    expect(await other.getByRole("img", { name: /Code for the door/ }).count()).toBe(0);
    await comeBack(context);
    await context.close();
  });
});

/** No network; and no site either, as a worker that begins at this moment may not have heard of it. */
async function goAway(context: BrowserContext): Promise<void> {
  await context.setOffline(true);
  await site.stop("account");
}

async function comeBack(context: BrowserContext): Promise<void> {
  await site.start("account");
  await context.setOffline(false);
}

async function idOf(handle: string): Promise<UserId> {
  const { rows } = await site.db.execute<{ id: string }>(sql`select id from users where handle = ${handle}`);
  return Number(rows[0]?.id) as UserId;
}

async function signedInAs(context: BrowserContext, name: string, path: string): Promise<Page> {
  const page = await signedIn(site, context, name, "account", path);
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** In the page: addresses of pages of which there are copies. */
const KEPT = `(async () => {
  const kept = await (await caches.open("tickets-pages-1")).keys();
  return kept.map(({ url }) => url).filter((url) => !url.endsWith(".svg"));
})()`;

function keptPages(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(KEPT);
}
