import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { calendarEntries } from "@rose-ash/shared/models/events.ts";
import { eq } from "drizzle-orm";
import ICAL from "ical.js";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const PATIENCE_MS = 30_000;
const TITLE = "Singing at the oven";
let site: VisitedSite;

describe.runIf(tools.chromium)("a calendar, in a real browser", { timeout: 240_000 }, () => {
  let [ada, kit]: [BrowserContext, BrowserContext] = [null, null] as never;
  beforeAll(async () => {
    site = await openVisitedSite({ apps: ["events", "federation"] });
    [ada, kit] = [await aContext(1280), await aContext(360)];
  }, 120_000);
  afterAll(() => site.close());

  it("takes a proposal, which somebody confirms, and whoever proposed it hears of it", async () => {
    const page = await signedIn(site, kit, "Kit", "events", "/propose");
    await page.getByLabel("What is it?").fill(TITLE);
    await page.getByLabel("From", { exact: true }).fill(dayAhead(14));
    await page.getByLabel("How often").selectOption("weekly");
    await page.getByText("Until when, and on which other days").click();
    await page.getByLabel("Or so many times").fill("3");
    await write(page);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("button", { name: "Propose it" }).click();
    await page.locator("#page-notice").getByText("It is proposed.").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const [entry] = await site.db.select().from(calendarEntries).where(eq(calendarEntries.title, TITLE));
    expect(entry?.text).toBe("Sing **loud**, with [words](https://x.example/).\n\n- tea\n- cake\n\n## Bring a \\*cup\\*");

    const desk = await signedIn(site, ada, "Ada", "events", "/desk");
    const line = desk.locator("li", { has: desk.getByRole("heading", { name: TITLE }) });
    expect(await faultsOf(desk)).toEqual([]);
    await line.getByLabel("A word to them").fill("With pleasure");
    await line.getByRole("button", { name: /^Confirm/ }).click();
    await desk.locator("#page-notice").getByText("It is confirmed").waitFor();

    await expect
      .poll(
        async () => {
          await page.goto(site.url("federation", "/notifications"));
          return page.getByRole("main").textContent();
        },
        { timeout: PATIENCE_MS },
      )
      .toContain(`confirmed ${TITLE}`);
    await page.getByRole("main").getByRole("link", { name: TITLE }).click();
    await page.getByRole("heading", { name: TITLE, level: 1 }).waitFor();
    expect(await page.locator(".prose").first().innerHTML()).toMatch(
      /<p>Sing <strong>loud<\/strong>, with <a [^>]*href="https:\/\/x.example\/"[^>]*>words<\/a>.*<li>tea<\/li>.*<h2>Bring a \*cup\*<\/h2>/s,
    );
    await page.getByLabel("Other members may see my name").check();
    await page.getByRole("button", { name: "I come" }).click();
    await page.locator("#page-notice").getByText("You come: it is noted.").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
    await desk.close();
  });

  it("has one time of a series changed, and shows it where it is now", async () => {
    const page = await ada.newPage();
    await page.goto(site.url("events", "/entries/singing-at-the-oven"));
    await page.getByRole("link", { name: "Change this time" }).click();
    await page.getByLabel("What is it?").fill("Singing in the hall");
    await page.getByRole("textbox", { name: "Text" }).getByText("loud").waitFor(); // what was written stands in the editor
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Singing in the hall", level: 1 }).waitFor();
    await page.goto(site.url("events", `/?view=agenda&on=${dayAhead(13)}`));
    await page.getByRole("link", { name: "Singing in the hall" }).first().waitFor();
    await page.getByRole("link", { name: TITLE }).first().waitFor();
    for (const view of ["month", "week", "day", "agenda"]) {
      await page.goto(site.url("events", `/?view=${view}`));
      expect(await faultsOf(page)).toEqual([]);
    }
    await page.close();
  });

  it("stands on another website in a frame as tall as what is in it", async () => {
    const share = await ada.newPage();
    await share.goto(site.url("events", `/calendars/${await calendarOf("singing-at-the-oven")}/share`));
    const snippet = (await share.getByLabel("To copy").inputValue()).trim();
    const other = createServer((_request, reply) =>
      reply
        .setHeader("content-type", "text/html; charset=utf-8")
        .end(`<!doctype html><html lang="en"><title>Elsewhere</title><h1>Elsewhere</h1>${snippet}`),
    );
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    const context = await aContext(900);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    const frame = page.locator("iframe");
    await page.frameLocator("iframe").getByText("Singing in the hall").first().waitFor();
    const heights = async () => [await heightOf(frame), await heightOf(page.frameLocator("iframe").locator("html"))] as const;
    const isWhole = async () => {
      const [outside, inside] = await heights();
      return outside > 0 && outside !== 600 && Math.abs(outside - inside) < 3;
    };
    await expect.poll(isWhole, { timeout: PATIENCE_MS }).toBe(true);

    // events goes away: the frame shows what it had, and says so
    const html = page.frameLocator("iframe").locator("html");
    await expect.poll(() => html.getAttribute("data-is-kept"), { timeout: PATIENCE_MS }).toBe("");
    expect(await page.frameLocator("iframe").getByText("this is how it stood last").isHidden()).toBe(true);
    await site.stop("events");
    await (await context.newCDPSession(page)).send("Network.clearBrowserCache"); // for a minute the browser would ask nobody
    const inner = page.frames().find((one) => one.url().includes("/embed/")) ?? expect.fail("no frame");
    await inner.goto(inner.url());
    await page.frameLocator("iframe").getByText("this is how it stood last").waitFor();
    await page.frameLocator("iframe").getByText("Singing in the hall").first().waitFor();
    await site.start("events");
    await context.close();
    other.close();
    await share.close();
  });

  it("is subscribed to by a calendar program", async () => {
    const feed = await (await fetch(site.url("events", `/calendars/${await calendarOf("singing-at-the-oven")}/calendar.ics`))).text();
    const names = new ICAL.Component(ICAL.parse(feed)).getAllSubcomponents("vevent").map((one) => one.getFirstPropertyValue("summary"));
    expect(names).toEqual(expect.arrayContaining([TITLE, "Singing in the hall"]));
  });
});

/** By the keys and buttons of the light editor. */
async function write(page: Page): Promise<void> {
  const text = page.getByRole("textbox", { name: "Text" });
  await text.click();
  await page.keyboard.type("Sing ");
  await page.getByRole("button", { name: "Bold" }).click();
  await page.keyboard.type("loud");
  await page.getByRole("button", { name: "Bold" }).click();
  await page.keyboard.type(", with words");
  for (let letter = 0; letter < 5; letter++) await page.keyboard.press("Shift+ArrowLeft");
  await page.getByRole("button", { name: "Link", exact: true }).click();
  await page.getByLabel("Address of the link").fill("x.example");
  await page.getByRole("button", { name: "Set the link" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(".");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "List", exact: true }).click();
  await page.keyboard.type("tea");
  await page.keyboard.press("Enter");
  await page.keyboard.type("cake");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Heading" }).click();
  await page.keyboard.type("Bring a *cup*");
}

async function aContext(width: number): Promise<BrowserContext> {
  const context = await site.chrome.newContext({ viewport: { width, height: 900 } });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** YYYY-MM-DD. */
function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function calendarOf(slug: string): Promise<string> {
  return (await site.services.events.getEntry(slug, null)).entry.calendar.slug;
}

async function heightOf(element: Locator): Promise<number> {
  return (await element.boundingBox())?.height ?? 0;
}
