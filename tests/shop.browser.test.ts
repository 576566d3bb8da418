import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, type VisitedSite } from "./visited-site.ts";

const SCREENS = [
  { colorScheme: "light", width: 1440 },
  { colorScheme: "dark", width: 320 },
] as const;
const PATHS = [
  "/",
  "/products",
  "/categories/larder",
  "/categories/larder?brand=Plain+Harbour&label=vegan&free=milk",
  "/products?q=lentls",
  "/products/basil-pesto",
  "/products/olive-oil-5000",
  "/products/walnut-halves",
  "/products/country-loaf", // with several pictures
  "/places/market-in-the-yard", // with one
];
let site: VisitedSite;
const open = (page: Page, path: string) => page.goto(site.url("market", `${path}`));
const countOf = (page: Page) => page.locator(".listing-count strong").textContent().then(Number);

describe.runIf(tools.chromium)("the shop, in a real browser", { timeout: 90_000 }, () => {
  beforeAll(async () => {
    site = await openVisitedSite();
  });
  afterAll(async () => {
    await site?.close();
  });

  it.each(SCREENS)("has no finding of axe and nothing wider than the screen: $colorScheme, $width px", async ({ colorScheme, width }) => {
    const context = await site.chrome.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    for (const path of PATHS) {
      await open(page, path);
      expect(await faultsOf(page)).toEqual([]);
    }
    await context.close();
  });

  it("is shopped by facet without scripts, and a list keeps what was chosen from page to page", async () => {
    const context = await site.chrome.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await open(page, "/categories/larder");
    const all = await countOf(page);
    await page.locator("summary", { hasText: "Free from" }).click();
    await page.getByLabel(/^Free from milk/).check();
    await page.getByRole("button", { name: "Show" }).click();
    expect(new URL(page.url()).search).toBe("?free=milk");
    expect(await countOf(page)).toBeLessThan(all);
    await page.getByRole("link", { name: "More products" }).click();
    expect(new URL(page.url()).search).toBe("?free=milk&page=2");
    await page.getByRole("link", { name: /Free from milk/ }).click();
    expect(await countOf(page)).toBe(all);
    await context.close();
  });

  it("is narrowed by htmx with its counts, keeps the focus, and comes page by page as one scrolls", async () => {
    const page = await site.chrome.newPage({ viewport: { width: 1440, height: 900 } });
    await open(page, "/categories/larder");
    await page.locator("#more").scrollIntoViewIfNeeded();
    await vi.waitFor(async () => expect(await page.locator(".product-card").count()).toBeGreaterThan(24), 10_000);
    await page.locator("summary", { hasText: "Suitable for" }).click();
    await page.getByLabel(/^Vegan/).check();
    await page.waitForURL(/label=vegan/);
    expect(await page.evaluate("document.activeElement.id")).toBe("facet-label-vegan");
    expect(await page.getByLabel(/^Vegan/).isChecked()).toBe(true);
    await page.close();
  });

  it("tells why, and follows at once when staff change a recipe", async () => {
    const page = await site.chrome.newPage({ viewport: { width: 1440, height: 900 } });
    await open(page, "/products/basil-pesto");
    await page.locator(".allergen", { hasText: "milk" }).locator("summary").click();
    expect(await page.locator(".allergen", { hasText: "milk" }).textContent()).toContain("harrow hard is made from cows milk");
    await open(page, "/auth/login?next=/admin/products?q=basil");
    await page.getByRole("button", { name: /Efua/ }).first().click();
    await page.getByRole("link", { name: "Basil pesto" }).click();
    await page.getByLabel(/^Recipe/).fill("basil, rapeseed_oil, sunflower_seeds, garlic, salt");
    await page.getByLabel("Milk", { exact: true }).selectOption("");
    await page.getByLabel(/^Why/).fill("Made without the cheese from now on");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("It is saved.").first().waitFor();
    await open(page, "/products/basil-pesto");
    expect(await page.locator("main header .diet").textContent()).toMatch(/Vegan/);
    await page
      .locator("li", { hasText: /^Vegan/ })
      .locator("summary")
      .click();
    expect(
      await page
        .locator("li", { hasText: /^Vegan/ })
        .locator(".why p")
        .textContent(),
    ).toMatch(/nothing in it comes from an animal/);
    expect(await page.locator(".allergen", { hasText: "milk" }).count()).toBe(0);
    await open(page, "/categories/sauces-and-spreads?label=vegan&free=milk");
    expect(await page.locator(".product-card", { hasText: "Basil pesto" }).count()).toBe(1);
    await page.close();
  });

  it("changes many products at once: chosen ones, a list as CSV, prices by a rule; shown first, then done", async () => {
    const context = await site.chrome.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const priceOf = async (slug: string) => {
      await open(page, `/products/${slug}`);
      return page.locator("main .price").first().textContent();
    };
    await open(page, "/auth/login?next=/admin/products?q=lentils");
    await page.getByRole("button", { name: /Efua/ }).first().click();
    // one change for many
    await page.getByRole("checkbox", { name: /^Green lentils/ }).check();
    await page.getByRole("button", { name: "Change what is ticked" }).click();
    await page.getByLabel("By how much").fill("10");
    await page.getByRole("button", { name: "Look at the prices" }).click();
    await page.getByRole("heading", { name: "1 product changes" }).waitFor();
    expect(await page.locator(".change-line").textContent()).toMatch(/Price, with VAT\s+2\.10\s+→\s+2\.31/);
    await page.getByLabel("Why").fill("The harvest was small");
    await page.getByRole("button", { name: "Change 1 product" }).click();
    await page.getByRole("heading", { name: "1 product is changed" }).waitFor();
    // a list: what it would change stands there before anything does
    await open(page, "/admin/lists");
    const list = "address;price;origin\r\ngreen-lentils;9,90;Anjou\r\nno-such-thing;1,00;\r\n";
    await page.getByLabel("A CSV file").setInputFiles({ name: "spring.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
    await page.getByRole("button", { name: "Look at it" }).click();
    await page.locator("input[name=whose][value=ours]").check();
    await page.getByRole("button", { name: "See what would change" }).click();
    await page.getByRole("heading", { name: "1 product changes" }).waitFor();
    expect(await page.locator("main").textContent()).toContain("No product has this address or number.");
    expect(await priceOf("green-lentils")).not.toContain("9.90");
    await page.goBack();
    await page.getByLabel("Why").fill("The list of spring");
    await page.getByRole("button", { name: "Change 1 product" }).click();
    await page.getByRole("heading", { name: "1 product is changed" }).waitFor();
    expect(await priceOf("green-lentils")).toContain("9.90");
    // a rule makes prices of costs, once somebody has seen which
    await open(page, "/admin/products?q=lentils");
    await page.getByRole("link", { name: "Red split lentils, 500 g" }).click();
    await page.getByLabel(/^What a pack costs us/).fill("2.00");
    await page.getByLabel(/^Why/).fill("Their new price list");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await open(page, "/admin/price-rules");
    await page.getByLabel("Add to the cost, in percent").fill("50");
    await page.getByLabel("Then, with VAT").selectOption({ index: 0 });
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("button", { name: "See which prices would change" }).click();
    await page.getByRole("heading", { name: /1 product changes/ }).waitFor();
    await page.getByLabel("Why").fill("A margin for everything");
    await page.getByRole("button", { name: "Change 1 product" }).click();
    await page.getByRole("heading", { name: "1 product is changed" }).waitFor();
    expect(await priceOf("red-lentils-500")).toContain("3.00");
    await context.close();
  });
});
