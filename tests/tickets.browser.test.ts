import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { calendarEntries } from "@rose-ash/shared/models/events.ts";
import { occurrences } from "@rose-ash/shared/models/occurrences.ts";
import { checkIns, tickets, ticketTypes } from "@rose-ash/shared/models/tickets.ts";
import { and, eq, gt, sql } from "drizzle-orm";
import type { BrowserContext, Page } from "playwright-core";
import decodeQR from "qr/decode.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const PATIENCE_MS = 30_000;
let site: VisitedSite;
let slug = "";
let entryId: (typeof ticketTypes.$inferInsert)["entryId"];

describe.runIf(tools.chromium)("tickets, in a real browser", { timeout: 180_000 }, () => {
  beforeAll(async () => {
    site = await openVisitedSite({ apps: ["events", "cart", "federation"] });
    const isAhead = and(
      eq(calendarEntries.status, "confirmed"),
      eq(calendarEntries.recurrence, []),
      gt(occurrences.startsAt, sql`now() + interval '3 days'`),
    );
    const hasNone = sql`not exists (select from ticket_types where entry_id = ${calendarEntries.id})`;
    const [entry] = await site.db
      .select({ id: calendarEntries.id, slug: calendarEntries.slug })
      .from(calendarEntries)
      .innerJoin(occurrences, eq(occurrences.entryId, calendarEntries.id))
      .where(and(isAhead, hasNone))
      .orderBy(occurrences.startsAt)
      .limit(1);
    if (entry === undefined) throw new Error("nothing is ahead in the seeded calendar");
    ({ id: entryId, slug } = entry);
    await site.db.insert(ticketTypes).values({ entryId, name: "Chair", priceMinor: 500, capacity: 3, position: 0 });
  }, 120_000);
  afterAll(() => site.close());

  it("three are bought through the cart, one is given back and goes to who waits, and the door reads a code with and without network", async () => {
    const grace = await aVisitor();
    await buyThree(grace);
    const [first, second, third] = await ticketLinks("grace@example.org", 3);
    await grace.goto(first ?? "");
    await grace.getByRole("img", { name: /Code for the door/ }).waitFor();
    const code = await readQr(grace);
    expect(code).toBe(first);
    const paper = (url: string) =>
      fetch(`${url}/ticket.pdf`).then(async (answer) => [answer.headers.get("content-type"), (await answer.text()).slice(0, 5)]);
    expect(await grace.evaluate(paper, first ?? "")).toEqual(["application/pdf", "%PDF-"]);
    expect(await faultsOf(grace)).toEqual([]);

    const zoe = await aVisitor();
    await zoe.goto(site.url("events", `/entries/${slug}`));
    await zoe.getByLabel("Your name").fill("Zoe");
    await zoe.getByLabel("Your mail address").fill("zoe@example.org");
    expect(await faultsOf(zoe)).toEqual([]);
    await zoe.getByRole("button", { name: "Join the waiting list" }).click();
    await zoe.getByText("You are number 1").first().waitFor();

    await grace.goto(third ?? "");
    await grace.getByText("Give it back").first().click();
    await grace.getByRole("button", { name: "Give it back" }).click();
    await grace.getByText("The place is free again").first().waitFor();
    const [offer] = await linksTo("zoe@example.org", /\/waiting\//, 1);
    await zoe.goto(offer ?? "");
    await zoe.getByRole("button", { name: "Put it into the cart" }).click();
    await zoe.getByText("It is in your cart").first().waitFor();
    expect(await zoe.getByText("Chair").count()).toBeGreaterThan(0);

    const context = await site.chrome.newContext();
    const ada = await signedIn(site, context, "Ada", "events", `/entries/${slug}/door`);
    ada.setDefaultTimeout(PATIENCE_MS);
    expect(await faultsOf(ada)).toEqual([]);
    await ada.getByText(/Opens without network/).waitFor();
    await look(ada, code, "Welcome"); // what a camera reads
    await look(ada, first ?? "", "Came in before");
    await look(ada, third ?? "", "Not valid");
    await look(ada, "AAAAA-BBBBB-CCCCC-DDDDD", "No such ticket");
    const other = await signedIn(site, await site.chrome.newContext(), "Ada", "events", `/entries/${slug}/door`);
    other.setDefaultTimeout(PATIENCE_MS);
    await context.setOffline(true);
    await look(ada, second ?? "", "Welcome");
    await ada.reload(); // the page, its list and what was read are there
    await ada.getByText(/1 to be told/).waitFor();
    await look(ada, second ?? "", "Came in before");
    await look(ada, "AAAAA-BBBBB-CCCCC-DDDDD", "No such ticket");
    expect(await site.db.$count(checkIns)).toBe(1);
    await look(other, second ?? "", "Welcome"); // at another door, which has network
    await ada.reload();
    await ada.getByText(/1 to be told/).waitFor();
    expect(await ada.locator("[data-door-inside]").textContent()).toBe("1"); // as it was when the network went away
    await context.setOffline(false);
    await ada
      .getByRole("list", { name: "Told afterwards" })
      .getByText(/Came in before. Grace, Chair, at .* let in by Ada/)
      .waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await expect.poll(() => site.db.$count(checkIns), { timeout: PATIENCE_MS }).toBe(2);
    expect(await site.db.$count(tickets, and(eq(tickets.status, "used"), eq(tickets.email, "grace@example.org")))).toBe(2);
    await context.close();
  });
});

async function aVisitor(): Promise<Page> {
  const context: BrowserContext = await site.chrome.newContext({ viewport: { width: 375, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

async function buyThree(page: Page): Promise<void> {
  await page.goto(site.url("events", `/entries/${slug}`));
  await page.getByLabel("How many").fill("3");
  await page.getByRole("button", { name: "Put into the cart" }).click();
  await page
    .locator("#tickets")
    .getByText(/3 × Chair, until/)
    .waitFor();
  expect(new URL(page.url()).pathname).toBe(`/entries/${slug}`); // the box alone was changed
  await page.getByRole("link", { name: "To the cart" }).click();
  await page.getByRole("link", { name: "To the checkout" }).first().click();
  await page.getByLabel("Your name").fill("Grace");
  await page.getByLabel("E-mail").fill("grace@example.org");
  await page.getByRole("button", { name: /^Order and pay/ }).click();
  await page.locator("input[value='4200000000000091']").check();
  await page.getByRole("button", { name: /^Pay / }).click();
  await page.getByText("Thank you. It is paid").waitFor();
}

async function look(page: Page, code: string, word: string): Promise<void> {
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Look" }).click();
  await page.locator("[data-door-result]").getByText(word, { exact: true }).waitFor();
}

/** In the page: the code as the points of a picture. */
const POINTS = `(() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 440;
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, 440, 440);
  context.drawImage(document.querySelector(".ticket-qr"), 0, 0, 440, 440);
  return [...context.getImageData(0, 0, 440, 440).data];
})()`;

/** What the code of a ticket's page says to whoever reads it as a picture. */
async function readQr(page: Page): Promise<string> {
  const points = await page.evaluate<number[]>(POINTS);
  return decodeQR({ width: 440, height: 440, data: Uint8ClampedArray.from(points) });
}

const ticketLinks = (to: string, count: number) => linksTo(to, /\/tickets\//, count);

/** What mails to somebody lead to, as soon as there are so many. */
async function linksTo(to: string, path: RegExp, count: number): Promise<string[]> {
  const read = () => {
    const names = readdirSync(site.mailDir).filter((name) => name.endsWith(".json"));
    const mails = names.map((name): { to: unknown; text: string } => JSON.parse(readFileSync(join(site.mailDir, name), "utf8")));
    const own = mails.filter((mail) => JSON.stringify(mail.to).includes(to));
    return own.flatMap(({ text }) => text.match(/http:\S+/g) ?? []).filter((url) => path.test(url));
  };
  await expect.poll(() => read().length, { timeout: PATIENCE_MS }).toBe(count);
  return read();
}
