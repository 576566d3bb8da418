import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tools } from "./tools.ts";
import { openVisitedSite, type VisitedSite } from "./visited-site.ts";
import { EVERY_KIND, PATIENCE, press, saved, seemsWell, tabTo, text, writeEveryKind } from "./writing-page.ts";

const TITLE = "Rye by the moon";
let site: VisitedSite;
let ada: BrowserContext;
let page: Page;

const link = (name: string | RegExp) => page.getByRole("link", { name });
const button = (name: string) => page.getByRole("button", { name, exact: true });
const section = (name: string) => page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name });
const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor(PATIENCE);
const notice = (words: string) => page.locator("#page-notice").getByText(words).waitFor(PATIENCE);
const shown = (words: string) => expect.poll(() => page.locator(".prose").textContent(), PATIENCE).toContain(words);

// One address is typed: the site's. Every step after it is a key.
describe.runIf(tools.chromium)("the story of a post, by the keyboard, in a real browser", () => {
  beforeAll(async () => {
    site = await openVisitedSite();
    ada = await site.chrome.newContext({ viewport: { width: 1280, height: 900 } });
    ada.setDefaultTimeout(PATIENCE.timeout);
    page = await ada.newPage();
  });
  afterAll(async () => {
    await site?.close();
  });

  it("is written, scheduled, published, changed by two at once, brought back, found everywhere, and a page shows what is on", async () => {
    await page.goto(site.url("blog", "/"));
    await goBehindTheCounter();
    await write();
    await schedule();
    await publish();
    await changeByTwo();
    await bringBack();
    await findAsReader();
    await findAsProgram();
    await putCalendarOnPage();
  }, 600_000);
});

async function goBehindTheCounter(): Promise<void> {
  await press(page, link("Sign in").first());
  await press(page, page.getByRole("button", { name: /Ada/ }).first());
  await page.waitForURL(site.url("blog", "/**"));
  await press(page, link(/Ada Marlowe/));
  await press(page, page.getByRole("main").getByRole("link", { name: "Blog", exact: true }));
  await heading("Administration");
  await seemsWell(page);
}

async function write(): Promise<void> {
  await press(page, section("Posts"));
  await heading("Posts");
  await seemsWell(page);
  await tabTo(page, page.getByLabel("Title"));
  await page.keyboard.type(TITLE);
  await press(page, button("Begin to write"));
  await text(page).waitFor();
  await tabTo(page, page.getByLabel("Excerpt"));
  await page.keyboard.type("What a loaf does overnight.");
  await tabTo(page, text(page));
  await writeEveryKind(page);
  await saved(page);
  await seemsWell(page);
}

/** Out of the text by the keyboard, too. */
async function schedule(): Promise<void> {
  await tabTo(page, page.getByLabel("Publish by itself"));
  await page.getByLabel("Publish by itself").fill("2031-05-01T08:30");
  await press(page, button("Save and schedule"));
  await notice("It is saved, and comes out by itself when its time comes.");
  await page.getByText("Thursday 1 May 2031, 08:30").first().waitFor();
  await seemsWell(page);
}

async function publish(): Promise<void> {
  await text(page).waitFor();
  await press(page, button("Save and publish"));
  await notice("It is public now.");
  await press(page, link("See it as it is public"));
  await heading(TITLE);
  const html = await page.locator(".prose").innerHTML();
  for (const piece of EVERY_KIND) expect(html).toContain(piece);
  await seemsWell(page);
  await press(page, link("Edit this"));
  await text(page).waitFor();
}

/** The second tab is shown what differs, and takes over what it wants by hand. */
async function changeByTwo(): Promise<void> {
  const first = page;
  const second = await ada.newPage();
  await second.goto(first.url()); // as "open in a new tab" does
  await text(second).waitFor();
  await tabTo(first, text(first));
  await first.keyboard.type("By the first. ");
  await press(first, button("Save"));
  await notice("It is saved.");
  page = second;
  await tabTo(second, text(second));
  await second.keyboard.type("By the second. ");
  await press(second, button("Save"));
  await heading("Somebody else saved this meanwhile");
  await seemsWell(second);
  expect(await second.locator("del").allTextContents()).toContain("first");
  expect(await second.locator("ins").allTextContents()).toContain("second");
  await press(second, button("Merge by hand"));
  await second.getByText("What stands there now", { exact: true }).waitFor();
  await expect.poll(() => text(second).textContent(), PATIENCE).toContain("By the second.");
  expect(await second.locator("details .prose").textContent()).toContain("By the first.");
  await seemsWell(second);
  await tabTo(second, text(second));
  await second.keyboard.type("And by the first. ");
  await press(second, button("Save"));
  await notice("It is saved.");
  await first.close();
}

async function bringBack(): Promise<void> {
  await press(page, link("History"));
  await heading("History");
  await seemsWell(page);
  const versions = page.getByRole("link", { name: /^Version \d+$/ });
  expect(await versions.count()).toBeLessThanOrEqual(6); // one run of the editor's own saves, and each save by hand
  await press(page, versions.nth(1));
  await heading(/^Version/);
  const parts = page
    .locator(".diff")
    .evaluate((diff) => [...diff.childNodes].flatMap((part) => (part.nodeName === "DEL" ? [] : [part.textContent])));
  expect((await parts).join("")).toContain("By the first."); // what would come back, without what stands there now
  await seemsWell(page);
  await press(page, page.getByRole("button", { name: /^Restore version/ }));
  await notice("That version is the present one again.");
  await text(page).waitFor();
  expect(await text(page).textContent()).not.toContain("By the second.");
  await press(page, link("See it as it is public"));
  await shown("By the first.");
}

async function findAsReader(): Promise<void> {
  await press(page, page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Blog" }));
  await page.getByRole("link", { name: TITLE }).first().waitFor();
  await press(page, page.locator(".site-search summary"));
  await tabTo(page, page.locator("#site-search"));
  await page.keyboard.type("loaf overnight");
  await page.keyboard.press("Enter");
  await heading("Search");
  await press(page, page.locator("#found").getByRole("link", { name: TITLE }));
  await heading(TITLE);
}

/** What a feed reader and a bot are led to from the page. */
async function findAsProgram(): Promise<void> {
  const hrefOf = (selector: string) => page.locator(selector).first().getAttribute("href");
  const get = async (href: string | null) => (await fetch(new URL(href ?? "/nowhere", page.url()))).text();
  expect(await get(await hrefOf('link[type="application/rss+xml"]'))).toContain(`<title>${TITLE}</title>`);
  const plain = await get(await hrefOf('link[type="text/markdown"]'));
  expect(plain).toContain(`# ${TITLE}`);
  expect(plain).toContain("](https://oak.example/)");
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "");
  expect(JSON.stringify(data)).toContain(`"headline":"${TITLE}"`);
  expect(await get("/llms.txt")).toContain(TITLE);
  expect(await get("/sitemaps/posts-1.xml")).toContain(page.url());
}

async function putCalendarOnPage(): Promise<void> {
  await press(page, link("Edit this"));
  await press(page, section("Pages"));
  await heading("Pages");
  await seemsWell(page);
  await press(page, link("Visit"));
  await text(page).waitFor();
  await seemsWell(page);
  await press(page, link("What it shows of others: calendars and places of the shop"));
  await heading("What it shows of others");
  await seemsWell(page);
  await tabTo(page, page.getByRole("main").getByLabel("What", { exact: true }));
  await page.keyboard.type("Calendar");
  const there = page.getByRole("button", { name: /^Take off/ });
  const before = await there.count();
  await press(page, button("Put it there"));
  await expect.poll(() => there.count(), PATIENCE).toBe(before + 1);
  await seemsWell(page);
  await press(page, link("See the page"));
  await heading("Visit");
  expect(await page.locator("main section time").count()).toBeGreaterThan(0);
  await seemsWell(page);
}
