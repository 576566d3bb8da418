import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Platform } from "../scripts/platform.ts";
import { faultsOf, launchChrome } from "./chrome.ts";
import { openTestShop, type TestShop } from "./test-shop/index.ts";
import { tools } from "./tools.ts";

const dataDir = mkdtempSync(join(tmpdir(), "rose-ash-scraping-"));
chmodSync(dataDir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
const suppliers = mkdtempSync(join(tmpdir(), "rose-ash-files-"));
const env = { SUPPLIERS_DIR: suppliers, SCRAPE_LOOPBACK: "on" };
const platform = new Platform({ dataDir, gatewayPort: 0, freeServicePorts: true, env });
let chrome: Browser;
let shop: TestShop;

/** What the mill sells, as it stands on the shelf, but for the price. */
const product = (sku: string, name: string, price: string) => {
  const path = `/products/${sku.toLowerCase()}`;
  return { sku, name, price, brand: "Harrow Mill", isInStock: true, markup: "json-ld" as const, path };
};
const open = (page: Page, path: string) => page.goto(`${platform.origins.market}${path}`);
const finding = (page: Page, name: string) => page.locator(".finding", { hasText: name });

async function signedIn(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await open(page, `/auth/login?next=${encodeURIComponent(path)}`);
  await page.getByRole("button", { name: /Efua/ }).first().click();
  await page.waitForURL(`**${path}`);
  return page;
}

/** The price that a guest reads, in whole pence. */
async function priceInShop(slug: string): Promise<string | null> {
  const context = await chrome.newContext();
  const page = await context.newPage();
  await open(page, `/products/${slug}`);
  const price = await page.locator("main .price").first().textContent();
  await context.close();
  return price;
}

describe.runIf(tools.chromium)("a supplier's pages, in a real browser", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    shop = await openTestShop(0);
    writeFileSync(join(suppliers, "mill.yaml"), shop.supplierFile("harrow-mill", "accept: { pricePercent: 5, fields: [stock] }"));
    shop.products.push(
      product("WHOLEGRAIN-RYE-FLOUR", "Wholegrain rye flour", "3.10"),
      product("PEARL-BARLEY", "Pearl barley", "1.80"),
      product("ROLLED-OATS", "Jumbo rolled oats", "12.00"),
      product("HM-EMMER", "Emmer flour 1.5 kg", "4.10"),
    );
    [chrome] = await Promise.all([launchChrome(), platform.start()]);
  });
  afterAll(async () => {
    await Promise.all([chrome?.close(), shop?.close()]);
    await platform.stop();
    for (const folder of [dataDir, suppliers]) rmSync(folder, { recursive: true });
  });

  it("are read by a button, followed live, and come on the shelf as far as somebody accepts it", async () => {
    const context = await chrome.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await signedIn(context, "/admin/suppliers");
    await page.getByRole("link", { name: "Harrow Mill" }).click();
    await page.getByRole("button", { name: "Read their pages now" }).click();
    await page.getByRole("heading", { name: "Complete" }).waitFor({ timeout: 60_000 }); // by itself: nobody reloads
    await page.getByRole("link", { name: /^Look at \d findings$/ }).click();

    const rye = finding(page, "Wholegrain rye flour");
    expect((await rye.locator(".differences").textContent())?.replace(/\s+/g, " ")).toContain("£2.90 → £3.10 +6.9 %");
    expect(await finding(page, "Jumbo rolled oats").textContent()).toMatch(/Held.*moved further than it may/s);
    expect(await priceInShop("wholegrain-rye-flour")).toContain("£2.90");
    await rye.getByRole("link", { name: "Wholegrain rye flour" }).click();
    await page.getByRole("button", { name: "Accept what is ticked" }).click();
    await page.getByText("It is accepted, and the shop follows.").first().waitFor();
    expect(await priceInShop("wholegrain-rye-flour")).toContain("£3.10");
    expect(await priceInShop("pearl-barley")).toContain("£1.80"); // by the rule of the supplier's file

    await open(page, "/admin/scraping/findings?group=new");
    await page.getByRole("link", { name: "Emmer flour 1.5 kg" }).click();
    expect(await page.getByLabel("Pack holds").inputValue()).toBe("1500");
    expect(await page.getByLabel("Flour & grain").isChecked()).toBe(true);
    await page.getByLabel("In stock now").fill("6");
    await page.getByRole("button", { name: "Put it on the shelf" }).click();
    await page.getByText("It is on the shelf.").first().waitFor();
    expect(await priceInShop("emmer-flour-1-5-kg")).toContain("£4.10");
    await context.close();
  });

  it("are reviewed without scripts just as well, many at once", async () => {
    for (const [at, price] of [
      [0, "3.30"],
      [1, "2.00"],
    ] as const)
      Object.assign(shop.products[at] ?? {}, { price });
    const context = await chrome.newContext({ javaScriptEnabled: false, viewport: { width: 375, height: 800 } });
    const page = await signedIn(context, "/admin/suppliers/harrow-mill");
    await page.getByRole("button", { name: "Read their pages now" }).click();
    await expect
      .poll(
        () =>
          page
            .getByRole("heading", { name: "Complete" })
            .count()
            .then((n) => n || page.reload().then(() => 0)),
        { timeout: 60_000 },
      )
      .toBe(1);
    await page.getByRole("link", { name: /^Only prices: 2$/ }).click();
    await page.getByRole("button", { name: /^Accept all 2/ }).click();
    await page.getByText("They are accepted, and the shop follows.").first().waitFor();
    expect([await priceInShop("wholegrain-rye-flour"), await priceInShop("pearl-barley")].join()).toMatch(/£3\.30.*£2\.00/s);
    await context.close();
  });

  it.each([
    { colorScheme: "light", width: 1280 },
    { colorScheme: "dark", width: 320 },
  ] as const)(
    "have pages without a finding of axe, and none wider than the screen: $colorScheme, $width px",
    async ({ colorScheme, width }) => {
      const context = await chrome.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await signedIn(context, "/admin/scraping/findings");
      const held = await page.locator(".finding a").first().getAttribute("href");
      const paths = [
        "/admin/suppliers",
        "/admin/suppliers/harrow-mill",
        "/admin/scraping/runs/1",
        "/admin/scraping/findings?state=settled",
        held ?? "",
      ];
      for (const path of ["/admin/scraping/findings", ...paths]) {
        await open(page, path);
        expect(await faultsOf(page)).toEqual([]);
      }
      await context.close();
    },
  );
});
