import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

let site: VisitedSite;

describe.runIf(tools.chromium)("writing, in a real browser", () => {
  beforeAll(async () => {
    site = await openVisitedSite();
  });
  afterAll(async () => {
    await site?.close();
  });

  it("needs no scripts: a post is written, shown to somebody, published, changed by two at once, and brought back", async () => {
    const [bilal, ada] = [await asWriter("Bilal", { javaScriptEnabled: false }), await asWriter("Ada", { javaScriptEnabled: false })];
    await bilal.goto(site.url("blog", "/admin"));
    await bilal.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Posts" }).click();
    await bilal.getByLabel("Title").fill("Leeks in winter");
    await bilal.getByRole("button", { name: "Begin to write" }).click();
    const address = bilal.url();
    await bilal.getByLabel("Text").fill("<p>Wash the leeks well.</p>");
    await bilal.getByLabel("Excerpt").fill("What to do with forty leeks.");
    await bilal.getByRole("button", { name: "Save", exact: true }).click();
    await bilal.getByText("It is saved.").waitFor();

    await bilal.getByRole("link", { name: "Show it to somebody" }).click();
    await bilal.getByRole("button", { name: "Make a link" }).click();
    const link = (await bilal.getByRole("link", { name: /\/preview\// }).textContent()) ?? "";
    const guest = await site.chrome.newPage();
    await guest.goto(link);
    expect(await guest.getByRole("heading", { level: 1 }).textContent()).toBe("Leeks in winter");
    expect((await guest.goto(site.url("blog", "/posts/leeks-in-winter")))?.status()).toBe(404);

    await bilal.goto(address);
    await ada.goto(address);
    await ada.getByLabel("Text").fill("<p>Wash the leeks twice.</p>");
    await ada.getByRole("button", { name: "Save and publish" }).click();
    await ada.getByText("It is public now.").waitFor();
    await bilal.getByLabel("Text").fill("<p>Wash the leeks well, and dry them.</p>");
    await bilal.getByRole("button", { name: "Save", exact: true }).click();
    await bilal.getByRole("heading", { name: "Somebody else saved this meanwhile" }).waitFor();
    expect(await bilal.locator("del").allTextContents()).toContain("twice");
    await bilal.getByRole("button", { name: "Keep mine" }).click();
    await bilal.getByText("It is saved.").waitFor();
    await guest.goto(site.url("blog", "/posts/leeks-in-winter"));
    expect(await guest.getByText("Wash the leeks well, and dry them.").count()).toBe(1);

    await bilal.getByRole("link", { name: "History" }).click();
    await bilal.getByRole("link", { name: "Version 3" }).click();
    await bilal.getByRole("button", { name: "Restore version 3" }).click();
    await bilal.getByText("That version is the present one again.").waitFor();
    await guest.reload();
    expect(await guest.getByText("Wash the leeks twice.").count()).toBe(1);
  });

  it.each([
    ["a desk, light", "light", 1280],
    ["a phone, dark", "dark", 360],
  ] as const)("has no finding of axe and nothing wider than the screen: %s", async (_screen, colorScheme, width) => {
    const page = await asWriter("Bilal", { colorScheme, viewport: { width, height: 800 } });
    const lists = ["/posts", "/posts?status=bin", "/pages", "/tags", "/series"].map((path) => site.url("blog", `/admin${path}`));
    await page.goto(lists[0] ?? "");
    const post = new URL((await page.locator(".row-title a").first().getAttribute("href")) ?? "", page.url()).href;
    await page.goto(lists[2] ?? "");
    const standing = new URL((await page.locator(".row-title a").first().getAttribute("href")) ?? "", page.url()).href;
    const below = ["", "/revisions", "/previews", "/access?who=bilal"].map((path) => post + path);
    for (const url of [...lists, ...below, standing]) {
      await page.goto(url);
      expect(await page.locator("h1").count(), url).toBe(1);
      expect(await faultsOf(page, { exclude: "[data-editor-stage]" })).toEqual([]); // the editor has its own
    }
  });
});

const asWriter = async (name: string, options: BrowserContextOptions): Promise<Page> =>
  signedIn(site, await site.chrome.newContext(options), name);
