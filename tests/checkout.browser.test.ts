import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { orders } from "@rose-ash/shared/models/cart.ts";
import { products } from "@rose-ash/shared/models/market.ts";
import { eq, sql } from "drizzle-orm";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMerchantOfPage } from "./builders/merchants.ts";
import { passHold } from "./builders/payments.ts";
import { faultsOf, launchChrome } from "./chrome.ts";
import { brokenRules } from "./paying.ts";
import { openTestSite, type TestSite } from "./site.ts";
import { tools } from "./tools.ts";

let site: TestSite;
let chrome: Browser;
const PATIENCE_MS = 30_000;

/** Paying as people do, at the simulator's page: SumUp's has the same buttons, and no others. */
describe.runIf(tools.chromium)("paying, in a real browser", { timeout: 180_000 }, () => {
  beforeAll(async () => {
    [chrome, site] = await Promise.all([launchChrome(), openTestSite(["market", "cart", "federation"])]);
    for (const app of site.replicas("cart")) for (const begin of app.whenServing) begin();
  }, 120_000);
  afterAll(async () => {
    await chrome?.close();
    await site.close();
  });

  it("as a guest: a card is declined, another asks for 3-D Secure, the receipt is there; staff give a part back", async () => {
    const context = await chrome.newContext({ viewport: { width: 375, height: 900 } });
    const page = await toSimulator(context, "rye-sourdough");
    await page.getByRole("button", { name: "The card is declined" }).click();
    await page.getByText("That card was declined").waitFor();
    await page.getByText("Back to the shop without paying").click();
    await page.getByText("The last card was declined").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: /^Pay / }).click();
    await page.locator("input[value='4200000000000042']").check();
    await page.getByRole("button", { name: /^Pay / }).click();
    await page.getByRole("button", { name: "It is me" }).click();
    await page.getByText("Thank you. It is paid").waitFor();
    const reference = page.url().split("/").at(-1) ?? "";
    await page.getByRole("link", { name: "Receipt" }).click();
    await page.getByText("VAT within the total").waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await pdfBehind(page, "Receipt as PDF")).toMatch(/^%PDF-1\.7/);
    await giveBack(reference);
    await page.goto(site.url("cart", `/orders/${reference}`));
    await page.getByText("£1.00: went back").waitFor();
    expect(await brokenRules(site.db)).toEqual([]);
    await context.close();
  });

  it("as a member who filled the cart as a guest: it comes along, and the receipt comes by mail", async () => {
    const context = await chrome.newContext();
    const page = await toCheckout(context, "harrow-hard");
    await page.getByRole("link", { name: "Sign in" }).last().click();
    await page.getByRole("button", { name: "Ada" }).first().click();
    await page.getByText("Ada Marlowe. The receipt goes to the address").waitFor();
    await page.getByText("Harrow Hard").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: /^Order and pay/ }).click();
    await page.locator("input[value='4200000000000091']").check();
    await page.getByRole("button", { name: /^Pay / }).click();
    await page.getByText("Thank you. It is paid").waitFor();
    const reference = page.url().split("/").at(-1) ?? "";
    const mails = () =>
      mailsAbout(reference).map(({ subject, attachments }) => `${subject.replace(/ \(.*/, "")}, ${attachments?.length ?? 0} with it`);
    await expect.poll(mails, { timeout: PATIENCE_MS }).toContain("Your order is paid, 1 with it");
    await page.getByRole("link", { name: "Receipt" }).click();
    await page.getByText("Ada Marlowe").last().waitFor();
    expect(await pdfBehind(page, "Receipt as PDF")).toMatch(/^%PDF-1\.7/);
    await context.close();
  });

  it.each([
    ["there still: the order has them", 1, "Thank you. It is paid"],
    ["gone: the money goes back by itself", 0, "All of the money went back"],
  ] as const)("after its time was over, with the goods %s", async (_what, stock, words) => {
    const context = await chrome.newContext();
    const page = await toSimulator(context, "bunched-carrots");
    const simulated = page.url();
    await page.getByText("Back to the shop without paying").click();
    await page.getByRole("link", { name: "To the order" }).click();
    await page.getByText("We keep it until").waitFor();
    const path = page.url();
    const [order] = await site.db
      .select()
      .from(orders)
      .where(eq(orders.reference, path.split("/").at(-1) ?? ""));
    await passHold(site.db, order?.id ?? expect.fail("no order"));
    await showing(page, "Nobody paid in time");
    await site.db.update(products).set({ stock }).where(eq(products.slug, "bunched-carrots")); // what others left
    await page.goto(simulated);
    await page.locator("form:has(input[value='pay-late']) button").click();
    await page.getByText("Nothing leads back from here").waitFor();
    await page.goto(path);
    await showing(page, words);
    await site.db.update(products).set({ stock: 20 }).where(eq(products.slug, "bunched-carrots"));
    expect(await brokenRules(site.db)).toEqual([]);
    await context.close();
  });

  it("in a tab that is closed, with the page that waits in another, without scripts there: it goes on by itself", async () => {
    const context = await chrome.newContext({ javaScriptEnabled: false });
    const page = await toSimulator(context, "six-eggs");
    const simulated = page.url();
    await page.getByText("Back to the shop without paying").click();
    await page.getByText("Waiting for the payment").first().waitFor();
    const other = await context.newPage();
    await other.goto(simulated);
    await other.getByRole("button", { name: "Pay, and the webhook gets lost" }).click();
    await other.getByText("Nothing leads back from here").waitFor();
    await other.close();
    await page.getByText("Thank you. It is paid").waitFor();
    await context.close();
  });
});

describe.runIf(tools.chromium)("paying two merchants, in a real browser", { timeout: 180_000 }, () => {
  beforeAll(async () => {
    [chrome, site] = await Promise.all([launchChrome(), openTestSite(["market", "cart", "federation"])]);
    for (const app of site.replicas("cart")) for (const begin of app.whenServing) begin();
    const [eggs] = await site.db.select({ id: products.id }).from(products).where(eq(products.slug, "six-eggs"));
    await aMerchantOfPage(site.db, { slug: "hens", code: "MHENS", name: "The Hens" }, { products: [eggs?.id ?? expect.fail()] });
  }, 120_000);
  afterAll(async () => {
    await chrome?.close();
    await site.close();
  });

  it("as a guest who stops after the first, comes back, is declined and pays: each says which is paid and which is next", async () => {
    const context = await chrome.newContext({ viewport: { width: 375, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    for (const product of ["six-eggs", "rye-sourdough"]) await addToCart(page, product);
    await page.goto(site.url("cart", "/"));
    await page.getByText("Sold by The Hens").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("link", { name: "To the checkout" }).click();
    await page.getByLabel("Your name").fill("Grace");
    await page.getByLabel("E-mail").fill("grace@example.org");
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: /^Order, and pay .* first/ }).click();
    await page.getByText("for MHENS").waitFor();
    await page.getByRole("button", { name: /^Pay / }).click();
    await page.getByText("Thank you. It is paid").waitFor();
    await page.getByText("One purchase, 2 payments").waitFor();
    const paid = page.url();
    expect(await findings(page)).toEqual([]);
    await page.goto(site.url("market", "/")); // and went away for a while
    await page.goto(paid);
    await page.getByRole("button", { name: /to Rose Ash/ }).click();
    await page.getByRole("button", { name: "The card is declined" }).click();
    await page.getByText("Back to the shop without paying").click();
    await page.getByText("card declined").waitFor();
    await page.getByRole("button", { name: /^Pay / }).first().click();
    await page.getByText("This is a simulator: no money moves").waitFor();
    await page.getByRole("button", { name: /^Pay / }).click();
    await page.getByText("Thank you. It is paid").waitFor();
    for (const link of ["The Hens", "Receipt"]) await page.getByRole("link", { name: link }).first().waitFor();
    await page.getByRole("link", { name: "Receipt" }).click();
    await page.getByText("VAT within the total").waitFor();
    expect(await brokenRules(site.db)).toEqual([]);
    const receipts = await site.db.execute(sql`select number from receipts order by merchant_id`);
    expect(receipts.rows).toEqual([{ number: 1 }, { number: 1 }]);
    await context.close();
  });
});

async function addToCart(page: Page, product: string): Promise<void> {
  await page.goto(site.url("market", `/products/${product}`));
  const added = page.waitForResponse((response) => response.url().includes("/cart/lines"));
  await page.getByRole("button", { name: "Add to cart" }).first().click();
  await added;
}

interface Mail {
  subject: string;
  attachments?: object[];
}

function mailsAbout(reference: string): Mail[] {
  const names = readdirSync(site.mailDir).filter((name) => name.endsWith(".json"));
  const mails = names.map((name): Mail => JSON.parse(readFileSync(join(site.mailDir, name), "utf8")));
  return mails.filter(({ subject }) => subject.includes(reference));
}

/** The first bytes of what a link leads to, as its reader gets them. */
async function pdfBehind(page: Page, link: string): Promise<string> {
  const href = await page.getByRole("link", { name: link }).getAttribute("href");
  return page.evaluate<string>(`fetch(${JSON.stringify(href)}).then((answer) => answer.text()).then((text) => text.slice(0, 20))`);
}

/** Looks at the page anew until it says so: what waits for time or SumUp comes by itself. */
async function showing(page: Page, words: string): Promise<void> {
  await expect.poll(() => page.reload().then(() => page.getByText(words).count()), { timeout: PATIENCE_MS }).toBeGreaterThan(0);
}

/** A guest with one thing, led to where it is paid. */
async function toSimulator(context: BrowserContext, product: string): Promise<Page> {
  const page = await toCheckout(context, product);
  await page.getByLabel("Your name").fill("Grace");
  await page.getByLabel("E-mail").fill("grace@example.org");
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: /^Order and pay/ }).click();
  await page.getByText("This is a simulator: no money moves").waitFor();
  return page;
}

/** A guest with one thing, about to say who they are. */
async function toCheckout(context: BrowserContext, product: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await addToCart(page, product);
  await page.goto(site.url("cart", "/"));
  await page.getByRole("link", { name: "To the checkout" }).first().click();
  return page;
}

async function giveBack(reference: string): Promise<void> {
  const context = await chrome.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(site.url("cart", `/auth/login?next=/admin/orders/${reference}`));
  await page.getByRole("button", { name: "Ada" }).first().click();
  await page.getByLabel("Amount").fill("1.00");
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Give it back" }).click();
  await expect.poll(() => page.reload().then(() => page.getByText("£1.00: went back").count()), { timeout: PATIENCE_MS }).toBe(1);
  await context.close();
}

/** What axe finds; scripts of a page that has none can't be asked. */
async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'htmx' in window").catch(() => false))) return [];
  return faultsOf(page);
}
