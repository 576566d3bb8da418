import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const WALNUTS = "/products/walnut-halves";
let site: VisitedSite;

const open = (page: Page, path: string, app: "market" | "cart" = "market") => page.goto(site.url(app, path));
const shares = (page: Page) => page.locator("#order .share-words");
const notice = (page: Page, words: string) => page.locator("#page-notice").getByText(words).waitFor();

const seemsWell = async (page: Page) => expect(await faultsOf(page)).toEqual([]);

describe.runIf(tools.chromium)("a case that two people split, in a real browser", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    site = await openVisitedSite();
  });
  afterAll(async () => {
    await site?.close();
  });

  it("is taken share by share, by a guest without scripts and a member with them; the last share is taken once", async () => {
    const plain = await site.chrome.newContext({ javaScriptEnabled: false });
    const guest = await plain.newPage();
    guest.setDefaultTimeout(20_000);
    await open(guest, WALNUTS);
    expect(await shares(guest).textContent()).toMatch(/3 of 6 taken; 3 more and the case is ordered/);
    await guest.getByLabel("How many shares").fill("2");
    await guest.getByRole("button", { name: /Take a share/ }).click();
    await notice(guest, "It is in your cart.");
    expect(await shares(guest).textContent()).toMatch(/5 of 6 taken; 1 more/);

    const context = await site.chrome.newContext({ viewport: { width: 320, height: 800 }, colorScheme: "dark" });
    const member = await signedIn(site, context, "Bilal", "market", WALNUTS);
    await member.getByRole("button", { name: /Take a share/ }).click();
    await member.locator("#order").getByText("1 case is full and ordered").waitFor();
    await notice(member, "It is in your cart.");
    expect(await shares(member).textContent()).toMatch(/0 of 6 taken; 6 more and the next case is ordered/);
    await seemsWell(member);

    await open(member, "/", "cart");
    await member.getByText("Yours until").waitFor();
    await member.getByText(/is fetched/).waitFor();
    await seemsWell(member);
    await member.getByRole("button", { name: /One more Walnut/ }).click();
    await member.getByText("1 of 6").waitFor();
    await open(guest, "/", "cart");
    expect(await guest.getByRole("main").textContent()).toMatch(/2 ×|Walnut halves/);
    await Promise.all([plain.close(), context.close()]);
  });

  it("is ordered whole when staff say so, sent once, and told short when fewer come", async () => {
    const context = await site.chrome.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await signedIn(site, context, "Efua", "market", "/admin/cycles");
    await seemsWell(page);
    await page.getByRole("link", { name: "Copy the last one" }).click();
    await page.getByLabel("Name").fill("The one after");
    await seemsWell(page);
    await page.getByRole("button", { name: "Save" }).click();
    await notice(page, "It is saved.");
    await page.getByText("Planned").waitFor();
    await page.getByRole("link", { name: "Order cycles" }).first().click();
    await page.locator("tr", { hasText: "Open" }).getByRole("link").click();
    await page.getByText("Limit and rule").click();
    await page.getByLabel("A case that is not full").selectOption("fill");
    await page.getByRole("button", { name: /Keep Walnut/ }).click();
    await notice(page, "It is saved.");
    await page.getByRole("button", { name: "Close it now" }).click();
    await page.getByText("Closed, to be ordered").waitFor();
    await seemsWell(page);
    await page.getByRole("link", { name: /Plain Harbour/ }).click();
    await page.getByText("Who", { exact: true }).click();
    await page.getByText("Bilal Rahman").waitFor(); // paid; what is only in a cart is not in it
    await seemsWell(page);
    await page.getByRole("button", { name: /Send it to orders@plain-harbour/ }).click();
    await notice(page, "It is on its way to the supplier.");
    await expect
      .poll(
        async () => {
          await page.reload();
          return page.getByText("the mail is out").count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await page.getByLabel("Packs that came of Walnut halves").fill("2");
    await page.getByRole("button", { name: "This is what came" }).click();
    await page.getByText("1 do not come").waitFor({ state: "attached" });
    await open(page, "/admin/cycles/1/pick-ups");
    await page.getByText("(1 did not come)").waitFor();
    await seemsWell(page);
    await open(page, WALNUTS);
    expect(await page.locator("#order").textContent()).toMatch(/To order from/);
    await context.close();
  });
});
