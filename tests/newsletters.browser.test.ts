import { mkdirSync } from "node:fs";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./builders/outbox.ts";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const SHOTS = process.env["SHOTS"]; // a folder for pictures of what people see, to be looked at
let site: VisitedSite;

describe.runIf(tools.chromium)("newsletters, in a real browser", () => {
  beforeAll(async () => {
    site = await openVisitedSite({ env: { LETTERS_PER_SECOND: "500" } });
  });
  afterAll(async () => {
    await site?.close();
  });

  it.each([
    ["a desk, light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
    ["a phone, dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }],
  ] as const)("a guest subscribes and says yes, an editor writes and sends, the guest reads and ends it: %s", async (name, options) => {
    const who = name.startsWith("a desk") ? "desk" : "phone";
    const address = `guest-${who}@dairy.example`;
    const guest = await newPage(options);
    await openWhole(guest, site.url("blog", "/posts/what-the-oven-eats"), "The house letter, by mail");
    await guest.getByLabel("Your mail address").fill(address);
    await shot(guest, `${who}-box`);
    await guest.getByRole("button", { name: "Subscribe" }).click();
    await noticed(guest, "Nearly there: look into your mailbox.");
    expect(new URL(guest.url()).pathname).toBe("/posts/what-the-oven-eats");
    await openMail(guest, address, /Is it you/);
    await guest.getByRole("link", { name: /letters\/confirm/ }).click();
    await guest.getByRole("heading", { name: "Is it you?" }).waitFor();
    await sound(guest, `${who}-confirm`);
    await guest.getByRole("button", { name: "Yes, send me The house letter" }).click();
    await guest.getByRole("heading", { name: "Welcome" }).waitFor();
    await sound(guest, `${who}-confirmed`);

    const subject = `Leeks for ${who}`;
    const ada = await writeLetter(options, subject, who);
    await ada.getByRole("button", { name: "Send it to me only" }).click();
    await noticed(ada, "It is on its way to your own address.");
    await ada.getByRole("button", { name: /^Send to \d+ reader/ }).click();
    await noticed(ada, "It goes out, in a few seconds.");
    await until(async () => (await site.services.letters.listLetters()).some((one) => one.subject === subject && one.state === "sent"));
    await ada.reload();
    await ada.getByText(/have it\./).waitFor();
    await sound(ada, `${who}-progress`, "iframe");
    await ada.goto(site.url("account", "/admin/newsletters"));
    await sound(ada, `${who}-admin`);

    await openMail(guest, address, subject);
    await sound(guest, `${who}-mail-text`);
    const leave = (await guest.getByRole("link", { name: /letters\/leave/ }).getAttribute("href")) ?? "";
    const preferences = (await guest.getByRole("link", { name: /letters\/preferences/ }).getAttribute("href")) ?? "";
    await guest.getByRole("link", { name: "As mail programs show it" }).click();
    await guest.getByRole("heading", { level: 1, name: subject }).waitFor();
    expect(await guest.getByText("Wash the leeks well.").count()).toBe(1);
    await shot(guest, `${who}-mail`);
    await guest.goto(preferences);
    await guest
      .getByText(/Why do I get it/)
      .first()
      .click();
    await sound(guest, `${who}-preferences`);
    await guest.goto(leave);
    await sound(guest, `${who}-leave`);
    await guest.getByRole("button", { name: "Unsubscribe" }).click();
    await guest.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
    await guest.goto(site.url("account", "/letters/house-letter"));
    await sound(guest, `${who}-archive`);
    await guest.getByRole("link", { name: subject }).click();
    await sound(guest, `${who}-archived`);
    await guest.goto(site.url("account", "/newsletters"));
    await sound(guest, `${who}-guest`);
    await guest.context().close();
    await ada.context().close();
  });

  it("a member subscribes by one click at home, and sees why it comes", async () => {
    const context = await site.chrome.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await signedIn(site, context, "Carys");
    await openWhole(page, site.url("blog", "/"), "The house letter, by mail");
    await page.getByRole("button", { name: "Send it to me" }).click();
    await noticed(page, "You get it from now on");
    await page.goto(site.url("account", "/newsletters"));
    await sound(page, "member");
    await page.getByRole("link", { name: "Why do I get it?" }).first().click();
    await page.getByText("carys").first().waitFor();
    await sound(page, "member-why");
    await context.close();
  });
});

async function newPage(options: BrowserContextOptions): Promise<Page> {
  return (await site.chrome.newContext(options)).newPage();
}

/** Written in the blog, without scripts so that the plain field takes it; the letter is looked at with them. */
async function writeLetter(options: BrowserContextOptions, subject: string, who: string): Promise<Page> {
  const plain = await signedIn(site, await site.chrome.newContext({ javaScriptEnabled: false }), "Ada");
  await plain.goto(site.url("blog", "/admin/posts"));
  await plain.getByLabel("Title").fill(subject);
  await plain.getByRole("button", { name: "Begin to write" }).click();
  await plain
    .getByLabel("Text")
    .fill("<p>Wash the leeks well.</p><h2>And then</h2><ul><li>cut them</li><li>fry them <b>slowly</b></li></ul>");
  await plain.getByLabel("Excerpt").fill("What to do with forty leeks.");
  await plain.getByRole("button", { name: "Save", exact: true }).click();
  await noticed(plain, "It is saved.");
  const asLetter = (await plain.getByRole("link", { name: "Send it as a letter" }).getAttribute("href")) ?? "";
  await plain.context().close();
  const ada = await signedIn(site, await site.chrome.newContext(options), "Ada", "account");
  await ada.goto(asLetter);
  await sound(ada, `${who}-new`);
  await ada.getByRole("button", { name: "Make a letter of it" }).click();
  await ada.getByRole("heading", { level: 1, name: subject }).waitFor();
  await ada.frameLocator("iframe").first().getByText("Wash the leeks well.").waitFor();
  await sound(ada, `${who}-letter`, "iframe");
  return ada;
}

async function openMail(page: Page, to: string, subject: string | RegExp): Promise<void> {
  const mine = page
    .getByRole("listitem")
    .filter({ hasText: `to ${to}` })
    .filter({ hasText: subject });
  await expect
    .poll(
      async () => {
        await page.goto(site.url("federation", "/dev/mailbox"));
        return mine.count();
      },
      { timeout: 40_000, interval: 500 },
    )
    .toBeGreaterThan(0);
  await mine.first().getByRole("link").click();
  await page.getByRole("link", { name: "As mail programs show it" }).waitFor();
}

/** What the page says on top, after a form was sent. */
async function noticed(page: Page, words: string): Promise<void> {
  await page.locator("#page-notice").getByText(words).waitFor();
}

/** Until the piece with this heading is in the page: on a busy machine the first one may come too late for it. */
async function openWhole(page: Page, url: string, heading: string): Promise<void> {
  await until(async () => {
    await page.goto(url);
    return (await page.getByRole("heading", { name: heading }).count()) > 0;
  });
}

/** Nothing that axe finds, nothing wider than the screen. */
async function sound(page: Page, name: string, exclude?: string): Promise<void> {
  await shot(page, name);
  expect(await faultsOf(page, exclude === undefined ? {} : { exclude })).toEqual([]);
}

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}
