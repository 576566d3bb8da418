import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, type VisitedSite } from "./visited-site.ts";

const SCREENS = [
  { colorScheme: "light", width: 1440 },
  { colorScheme: "dark", width: 320 },
] as const;
const PATHS = [
  "/posts/when-the-wend-comes-up",
  "/posts/soupe-de-poireaux-a-l-orge",
  "/posts/what-the-oven-eats",
  "/posts/the-key-and-who-has-it",
  "/authors/bilal",
  "/tags",
  "/archive",
  "/search?q=oven",
  "/search?q=marmelade",
  "/search",
];
let site: VisitedSite;

describe.runIf(tools.chromium)("reading, in a real browser", () => {
  beforeAll(async () => {
    site = await openVisitedSite();
  });
  afterAll(async () => {
    await site?.close();
  });

  it.each(SCREENS)("has no finding of axe and nothing wider than the screen: $colorScheme, $width px", async ({ colorScheme, width }) => {
    const context = await site.chrome.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const complaints = watch(page);
    for (const path of PATHS) {
      await page.goto(site.url("blog", `${path}`));
      expect(await faultsOf(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("likes a post by htmx, and finds it liked after a reload", async () => {
    const page = await site.chrome.newPage();
    await page.goto(site.url("blog", "/posts/what-the-oven-eats"));
    const button = page.getByRole("button", { name: "Like" });
    await button.click();
    await expect.poll(() => button.getAttribute("aria-pressed")).toBe("true");
    expect(new URL(page.url()).pathname).toBe("/posts/what-the-oven-eats");
    await page.reload();
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    await page.close();
  });

  it.each([true, false])("searches from the header of another service, with scripts: %s", async (javaScriptEnabled) => {
    const page = await site.chrome.newPage({ javaScriptEnabled, viewport: { width: 360, height: 700 } });
    await page.goto(site.url("market", "/"));
    await page.locator(".site-search > summary").click();
    await page.locator("#site-search").fill("marmalade");
    await page.locator("#site-search").press("Enter");
    await page.waitForURL(site.url("blog", "/search?q=marmalade"));
    expect(await page.getByRole("link", { name: "Nine days in January" }).count()).toBe(1);
    expect(await page.getByRole("link", { name: /Seville marmalade/ }).count()).toBe(1);
    await page.close();
  });

  it("finds while one types, where there are scripts", async () => {
    const page = await site.chrome.newPage();
    await page.goto(site.url("blog", "/search"));
    await page.locator("#search-words").pressSequentially("tenors");
    await expect.poll(() => page.getByRole("link", { name: /Tenors wanted/ }).count()).toBe(1);
    expect(await page.evaluate<string>("document.activeElement.id")).toBe("search-words");
    await page.close();
  });
});

function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(`${message.text()} ${message.location().url}`)));
  page.on("pageerror", (error) => void complaints.push(error.message));
  return complaints;
}
