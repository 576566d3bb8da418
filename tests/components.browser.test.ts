import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf, launchChrome } from "./chrome.ts";
import { serveComponentPage } from "./component-page.ts";
import { tools } from "./tools.ts";

const MAX_LAYOUT_SHIFT = 0.01;
const FONT_DELAY_MS = 600;
const SCREENS = [
  { colorScheme: "light", width: 1440 },
  { colorScheme: "dark", width: 320 },
] as const;

describe.runIf(tools.chromium)("the page of components, in a real browser", () => {
  let browser: Browser;
  let served: Awaited<ReturnType<typeof serveComponentPage>>;

  beforeAll(async () => {
    served = await serveComponentPage();
    browser = await launchChrome();
  });
  afterAll(async () => {
    await browser?.close();
    served?.close();
  });

  it.each(SCREENS)("has no finding of axe and nothing wider than the screen: $colorScheme, $width px", async ({ colorScheme, width }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    const complaints = listenForComplaints(page);
    await page.goto(served.url);
    if (width < 1000) await page.click(".menu > summary");
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("opens its menu without scripts on a phone, and shows it unasked on a desk", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 700 } });
    const page = await context.newPage();
    await page.goto(served.url);
    const events = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Events" });
    expect(await events.isVisible()).toBe(false);
    await page.click(".menu > summary");
    expect(await events.isVisible()).toBe(true);
    await page.click(".menu > summary");
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await events.isVisible()).toBe(true);
    await context.close();
  });

  it("moves nothing when its fonts come late", async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.route("**/*.woff2", (route) => setTimeout(() => void route.continue(), FONT_DELAY_MS));
    await page.addInitScript(
      "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });",
    );
    await page.goto(served.url);
    await page.waitForFunction("document.fonts.check('16px Fraunces')");
    await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
    expect(await page.evaluate<number>("window.shift")).toBeLessThan(MAX_LAYOUT_SHIFT);
    await page.close();
  });

  it.each(["Enter", "Tab"])("sends a changed quantity once when %s ends the typing", async (key) => {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.evaluate("window.sent = 0; document.addEventListener('submit', (event) => { event.preventDefault(); window.sent += 1; })");
    const number = page.locator("[data-submit-on-change] .quantity-number:enabled").first();
    await number.fill("3");
    await number.press(key);
    await page.evaluate("new Promise((resolve) => setTimeout(resolve, 100))");
    expect(await page.evaluate<number>("window.sent")).toBe(1);
    await page.close();
  });
});

/** What the console says against the page: refused styles and scripts, errors. */
function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(error.message));
  return complaints;
}
