import { bookings } from "@rose-ash/shared/models/bookings.ts";
import { and, eq } from "drizzle-orm";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const PATIENCE_MS = 30_000;
const TAKING = /^(Book|Ask for it)$/;
let site: VisitedSite;

describe.runIf(tools.chromium)("rooms, in a real browser", { timeout: 300_000 }, () => {
  beforeAll(async () => {
    site = await openVisitedSite({ apps: ["events", "cart", "federation"] });
  }, 120_000);
  afterAll(() => site.close());

  it("a room is booked and paid, another is not free and says why, and what is asked for is approved", async () => {
    const zoe = await aVisitor({ width: 375, height: 900 });
    await zoe.goto(site.url("events", "/rooms"));
    expect(await faultsOf(zoe)).toEqual([]);
    await zoe.getByRole("link", { name: "Yard" }).click();
    await zoe.waitForURL(/\/rooms\/yard\/times/);
    const path = new URL(await openTime(zoe)).pathname;
    expect(await faultsOf(zoe)).toEqual([]);
    await zoe.getByLabel("What is it for?").fill("A ceilidh in the yard");
    await zoe.getByRole("button", { name: "Put into the cart" }).click();
    await zoe.getByText("Yard").first().waitFor();
    await zoe
      .getByText(/Yours until/)
      .first()
      .waitFor();

    const ada = await aMember("Ada", path);
    await ada.getByText("It is not free then").first().waitFor();
    await ada
      .getByText(/Somebody has booked it/)
      .first()
      .waitFor();
    expect(await faultsOf(ada)).toEqual([]);

    await zoe.getByRole("link", { name: "To the checkout" }).first().click();
    await zoe.getByLabel("Your name").fill("Zoe");
    await zoe.getByLabel("E-mail").fill("zoe@example.org");
    await zoe.getByRole("button", { name: /^Order and pay/ }).click();
    await zoe.locator("input[value='4200000000000091']").check();
    await zoe.getByRole("button", { name: /^Pay / }).click();
    await zoe.getByText("Thank you. It is paid").waitFor();
    const standing = () => site.db.$count(bookings, eq(bookings.email, "zoe@example.org"));
    await expect.poll(standing, { timeout: PATIENCE_MS }).toBe(1);

    await ada.goto(site.url("events", "/rooms/hall/times"));
    await lookFor(ada, () => ada.getByText(/has booked Stage, which is a part of it/));
    await ada.goto(site.url("events", "/rooms/loft/times"));
    await openTime(ada, "on request");
    await ada.getByLabel("What is it for?").fill("A circle of readers");
    await ada.getByLabel("For how many weeks in a row").fill("2");
    await ada.getByRole("button", { name: "Ask for it" }).click();
    await ada.getByText("You have asked for it").first().waitFor();
    const address = ada.url();
    expect(await faultsOf(ada)).toEqual([]);

    const grace = await aMember("Grace", "/desk/bookings");
    expect(await faultsOf(grace)).toEqual([]);
    const asked = grace.getByRole("listitem").filter({ hasText: "A circle of readers" });
    await asked.getByRole("button", { name: /Approve/ }).click();
    await grace.getByText("It is approved, and they hear of it").first().waitFor();
    await ada.goto(address);
    await ada.getByText("Confirmed").first().waitFor();

    // what costs something is approved, and paid after that
    await ada.goto(site.url("events", "/rooms/hall/times"));
    await openTime(ada, "on request");
    await ada.getByLabel("What is it for?").fill("A barn dance");
    await ada.getByRole("button", { name: "Ask for it" }).click();
    await ada.getByText("You have asked for it").first().waitFor();
    const priced = new URL(ada.url()).pathname;
    await grace.goto(site.url("events", "/desk/bookings"));
    const dance = grace.getByRole("listitem").filter({ hasText: "A barn dance" });
    await dance.getByRole("button", { name: /Approve/ }).click();
    await grace.getByText("they are asked to pay for it in time").first().waitFor();
    await ada.goto(site.url("events", priced));
    await ada.getByText("It is approved: pay for it and it is yours").waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.getByRole("button", { name: "Put it into the cart and pay" }).click();
    await ada.getByRole("link", { name: "To the checkout" }).first().click();
    await ada.getByRole("button", { name: /^Order and pay/ }).click();
    await ada.locator("input[value='4200000000000091']").check();
    await ada.getByRole("button", { name: /^Pay / }).click();
    await ada.getByText("Thank you. It is paid").waitFor();
    const paid = () => site.db.$count(bookings, and(eq(bookings.purpose, "A barn dance"), eq(bookings.state, "confirmed")));
    await expect.poll(paid, { timeout: PATIENCE_MS }).toBe(1);
  });
});

/** Opens the first time of a room that can be booked, in these weeks or those after them; kind: of those that say so. Gives where that is. */
async function openTime(page: Page, kind = ""): Promise<string> {
  const free = page.locator(".slot-row").filter({ has: page.getByRole("link", { name: TAKING }), hasText: kind });
  await lookFor(page, () => free);
  await free.first().getByRole("link", { name: TAKING }).click();
  await page.waitForURL(/\/times\/\d+-/);
  return page.url();
}

/** Turns to the weeks in which it is. */
async function lookFor(page: Page, what: () => Locator): Promise<void> {
  while ((await what().count()) === 0) {
    const before = page.url();
    await page.getByRole("link", { name: "Later" }).click();
    await page.waitForURL((url) => url.href !== before);
  }
}

async function aVisitor(viewport?: { width: number; height: number }): Promise<Page> {
  const context: BrowserContext = await site.chrome.newContext(viewport === undefined ? {} : { viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

async function aMember(name: string, path: string): Promise<Page> {
  const page = await signedIn(site, await site.chrome.newContext(), name, "events", path);
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}
