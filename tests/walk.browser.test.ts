import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Platform } from "../scripts/platform.ts";
import { faultsOf, launchChrome } from "./chrome.ts";
import { tools } from "./tools.ts";

const dataDir = mkdtempSync(join(tmpdir(), "rose-ash-walk-"));
chmodSync(dataDir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
const platform = new Platform({ dataDir, gatewayPort: 0, freeServicePorts: true });
let chrome: Browser;

describe.runIf(tools.chromium)("a walk through the site in a real browser", () => {
  beforeAll(async () => {
    const [launched] = await Promise.all([launchChrome(), platform.start()]);
    chrome = launched;
    for (const app of APPS) await fetch(`${platform.origins[app]}/`, { headers: { accept: "text/html" } }); // warm
  });

  afterAll(async () => {
    await chrome?.close();
    await platform.stop();
    rmSync(dataDir, { recursive: true });
  });

  it.each([
    ["with scripts", "Ada", true],
    ["without scripts", "Bilal", false],
  ])("carries one person and one cart through six subdomains, %s", async (_how, name, javaScriptEnabled) => {
    const context = await chrome.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const strangers = watchStrangers(context);
    const complaints = watchComplaints(page);

    for (const app of APPS) {
      await open(page, app, "/");
      expect(await page.locator("h1").count(), `${app} has one headline`).toBe(1);
      expect(await signInLink(page).count(), `a guest at ${app}`).toBeGreaterThan(0);
    }

    await open(page, "market", "/products/rye-sourdough");
    await page.getByRole("button", { name: /add/i }).first().click();
    await expect.poll(() => cartCount(page)).toBe(1);
    await open(page, "blog", "/");
    expect(await cartCount(page), "the guest's product shows at the next service").toBe(1);

    await openMenu(page);
    await signInLink(page).first().click();
    await page.getByRole("button", { name, exact: false }).first().click();
    await page.waitForURL(`${platform.origins.blog}/**`);
    for (const app of APPS) {
      await open(page, app, "/");
      expect(await page.getByRole("button", { name: "Sign out" }).count(), `signed in at ${app}`).toBe(1);
      expect(await cartCount(page), `the product is still in the cart at ${app}`).toBe(1);
    }

    await open(page, "market", "/");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForLoadState();
    for (const app of APPS) {
      await open(page, app, "/");
      expect(await page.getByRole("button", { name: "Sign out" }).count(), `signed out at ${app}`).toBe(0);
      expect(await cartCount(page), `nobody's cart at ${app}`).toBe(0);
    }
    await context.close();
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("keeps a cart by plain forms and by htmx alike", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const context = await chrome.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      await open(page, "market", "/products/rye-sourdough");
      await page.getByRole("button", { name: /add/i }).first().click();
      await expect.poll(() => cartCount(page)).toBe(1);
      await open(page, "cart", "/");
      await page.getByRole("button", { name: /one more/i }).click();
      await expect.poll(() => cartCount(page)).toBe(2);
      await page.getByRole("button", { name: /take out/i }).click();
      await expect.poll(() => page.getByText("There is nothing in it yet").count()).toBe(1);
      await context.close();
    }
  });

  it("adds from a product card on a blog page, and stays on that page", async () => {
    const page = await chrome.newPage();
    await open(page, "blog", "/posts/three-days-of-rye");
    await page.getByRole("button", { name: /add/i }).first().click();
    await expect.poll(() => cartCount(page)).toBe(1);
    expect(new URL(page.url()).origin).toBe(platform.origins.blog);
    expect(new URL(page.url()).pathname).toBe("/posts/three-days-of-rye");
    await page.close();
  });

  it("signs in by a link in a mail, in development found in the mailbox", async () => {
    const context = await chrome.newContext();
    const page = await context.newPage();
    await open(page, "events", "/");
    await signInLink(page).first().click();
    await page.getByLabel(/mail address/i).fill("bilal@rose-ash.example");
    await page.getByRole("button", { name: /send me a link/i }).click();
    await open(page, "federation", "/dev/mailbox");
    await page.locator("main a[href^='/dev/mailbox/']").first().click();
    await page.locator("main a[href*='/sign-in/']").first().click();
    expect(await page.getByRole("button", { name: "Sign out" }).count(), "following a link signs nobody in").toBe(0);
    await page.getByRole("button", { name: /sign in as bilal/i }).click();
    await page.waitForURL(`${platform.origins.events}/**`);
    expect(await page.getByRole("button", { name: "Sign out" }).count()).toBe(1);
    await context.close();
  });

  it("goes on without federation, says so at the sign-in, and signs in again when it is back", async () => {
    await platform.stopService("federation", "SIGKILL");
    const page = await chrome.newPage();
    await open(page, "blog", "/");
    expect(await page.locator("h1").count()).toBe(1);
    const answer = await page.goto(`${platform.origins.blog}/auth/login`);
    expect(answer?.status()).toBe(503);
    expect(await page.locator("main").textContent()).toMatch(/sign-in/i);
    await platform.startService("federation");
    await expect.poll(async () => (await page.goto(`${platform.origins.blog}/auth/login`))?.status(), { timeout: 15_000 }).toBe(200);
    await page.close();
  });

  const SCREENS = APPS.flatMap((app) => [[app, 1440, "light"] as const, [app, 360, "dark"] as const]);
  it.each(SCREENS)("%s at %d px, %s: axe finds nothing and nothing sticks out", async (app, width, colorScheme) => {
    const context = await chrome.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    await open(page, app, "/");
    expect(await faultsOf(page)).toEqual([]);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(overflow).toBe(0);
    await context.close();
  });
});

async function open(page: Page, app: App, path: string): Promise<void> {
  const answer = await page.goto(platform.origins[app] + path);
  expect([app, path, answer?.status()]).toEqual([app, path, 200]);
}

function signInLink(page: Page) {
  return page.locator("header a[href*='/auth/login']");
}

/** On a phone and without room the person's part lies in the menu. */
async function openMenu(page: Page): Promise<void> {
  const summary = page.locator("header details.menu > summary");
  if (await summary.isVisible()) await summary.click();
}

/** What the badge in the header says; 0 when there is none. */
async function cartCount(page: Page): Promise<number> {
  const label = await page.locator("#cart-mini").textContent();
  return Number(/\d+/.exec(label ?? "")?.[0] ?? 0);
}

/** Requests to any host but the six. */
function watchStrangers(context: BrowserContext): string[] {
  const hosts = new Set(APPS.map((app) => new URL(platform.origins[app]).host));
  const strangers: string[] = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && !hosts.has(url.host)) strangers.push(request.url());
  });
  return strangers;
}

/** What the browser complains of: the CSP, scripts, missing files. */
function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}
