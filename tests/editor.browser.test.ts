import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";
import { EVERY_KIND, PATIENCE, saved, state, text, writeEveryKind } from "./writing-page.ts";

let site: VisitedSite;
let ada: BrowserContext;

describe.runIf(tools.chromium)("the prose editor, in a real browser", () => {
  beforeAll(async () => {
    site = await openVisitedSite();
    ada = await site.chrome.newContext({ viewport: { width: 1280, height: 900 } });
    ada.setDefaultTimeout(PATIENCE.timeout);
    await (await signedIn(site, ada, "Ada")).close();
  });
  afterAll(async () => {
    await site?.close();
  });

  it("writes a text with six kinds of cards, a picture and a link, and nothing of it is lost", async () => {
    const page = await newPost(ada, "Rye at night");
    const { blocked, outside } = watch(page);
    await text(page).click();
    await writeEveryKind(page);
    await saved(page);
    const before = await page.locator('input[name="document"]').inputValue();

    await page.reload();
    await text(page).waitFor();
    await expect.poll(() => page.locator("[data-kg-card]").count(), PATIENCE).toBe(7);
    expect(await page.locator("[data-editor-notices]").textContent()).toBe("");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator("#page-notice .notice-title").waitFor();
    expect(JSON.parse(await page.locator("[data-editor-document]").inputValue())).toEqual(JSON.parse(before));
    expect(blocked.filter((words) => !words.startsWith("Applying inline style"))).toEqual([]);
    expect(outside).toEqual([]);

    await page.getByRole("button", { name: "Save and publish" }).click();
    await page.getByRole("link", { name: "See it as it is public" }).click();
    const html = await page.locator(".prose").innerHTML();
    for (const piece of EVERY_KIND) expect(html).toContain(piece);
    expect(await page.locator('script[src*="editor"], link[href*="editor"]').count()).toBe(0);
    await page.close();
  }, 300_000);

  it("keeps what is written while the server is dead, and has it back after the tab died too", async () => {
    const page = await newPost(ada, "Written in the dark");
    await text(page).click();
    await page.keyboard.type("First line. ");
    await saved(page);
    await site.stop("blog");
    await page.keyboard.type("Second line.");
    await expect.poll(() => state(page), PATIENCE).toContain("can’t be reached");
    const url = page.url();
    await page.close({ runBeforeUnload: false });
    await site.start("blog");

    const again = await ada.newPage();
    await again.goto(url);
    await expect.poll(() => again.locator("[data-editor-notices]").textContent(), PATIENCE).toContain("Your unsaved text is back");
    await expect.poll(() => text(again).textContent(), PATIENCE).toBe("First line. Second line.");
    await saved(again);
    await again.reload();
    await expect.poll(() => text(again).textContent(), PATIENCE).toBe("First line. Second line.");
    expect(await again.locator("[data-editor-notices]").textContent()).toBe("");
    await again.close();
  }, 300_000);

  it("keeps what is filled in beside the text, asks before it is left, and has it back, for its writer alone", async () => {
    const page = await newPost(ada, "Beside the text");
    const url = page.url();
    await page.locator("[name=excerpt]").fill("In a sentence.");
    await page.locator("[name=tags]").fill("Bread, Night");
    await page.locator("[name=pictureCaption]").fill("By Ada");
    await page.getByText("Found and shared").click();
    await page.locator("[name=twitterTitle]").fill("Short");
    expect(await state(page)).toContain("What you filled in beside it is kept in this browser");
    const asked = page.waitForEvent("dialog", PATIENCE);
    const closing = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
    await closing;

    const other = await ada.newPage();
    const another = `document.querySelector("[data-editor]")?.setAttribute("data-writer", "99999")`;
    await other.addInitScript({ content: `document.addEventListener("readystatechange", () => ${another})` }); // before the editor begins
    await other.goto(url);
    await text(other).waitFor();
    await other.waitForTimeout(500);
    expect([await other.locator("[name=excerpt]").inputValue(), await other.locator("[data-editor-notices]").textContent()]).toEqual([
      "",
      "",
    ]);
    await other.close();

    const again = await ada.newPage();
    await again.goto(url);
    await expect.poll(() => again.locator("[data-editor-notices]").textContent(), PATIENCE).toContain("What you filled in is back");
    expect(await again.locator("[name=excerpt]").inputValue()).toBe("In a sentence.");
    expect(await again.locator("[name=twitterTitle]").inputValue()).toBe("Short");
    expect(await again.locator("[name=pictureCaption]").inputValue()).toBe("By Ada");
    await again.getByRole("button", { name: "Save", exact: true }).click();
    await again.locator("#page-notice .notice-title").waitFor();
    await text(again).waitFor();
    expect(await again.locator("[name=tags]").inputValue()).toBe("Bread, Night");
    expect(await again.locator("[data-editor-notices]").textContent()).toBe("");
    expect(await again.evaluate("Object.keys(localStorage).filter((key) => key.endsWith('fields')).length")).toBe(0);
    await again.close();
  }, 300_000);

  it("shows a conflict between two tabs, overwrites nothing, and compares the two", async () => {
    const first = await newPost(ada, "Two hands");
    const second = await ada.newPage();
    await second.goto(first.url());
    await text(second).waitFor();
    await text(first).click();
    await first.keyboard.type("By the first.");
    await saved(first);
    await text(second).click();
    await second.keyboard.type("By the second.");
    await expect.poll(() => second.locator("[data-editor-notices]").textContent(), PATIENCE).toContain("Somebody else saved this text");
    await second.keyboard.type(" And on.");
    await second.waitForTimeout(4_000);
    await first.reload();
    await expect.poll(() => text(first).textContent(), PATIENCE).toContain("By the first.");
    await second.getByRole("button", { name: "Compare the two" }).click();
    await second.getByRole("heading", { name: "Somebody else saved this meanwhile" }).waitFor();
    const compared = await second.locator("main").textContent();
    expect(compared).toContain("By the first.");
    expect(compared).toContain("By the second. And on.");
    await Promise.all([first.close(), second.close()]);
  }, 300_000);

  it.each([
    ["a desk, light", "light", 1280],
    ["a phone, dark", "dark", 360],
  ] as const)(
    "has no finding of axe and nothing wider than the screen: %s",
    async (_screen, colorScheme, width) => {
      const context = await site.chrome.newContext({
        colorScheme,
        viewport: { width, height: 800 },
        storageState: await ada.storageState(),
      });
      context.setDefaultTimeout(PATIENCE.timeout);
      const page = await newPost(context, `Seen at ${width}`);
      await text(page).click();
      await page.keyboard.type("Bread needs time.");
      await saved(page);
      expect(await faultsOf(page)).toEqual([]);
      await context.close();
    },
    300_000,
  );

  it("does not show the text area while it opens, and shows it where the editor does not come", async () => {
    const first = await newPost(ada, "Slow line");
    const url = first.url();
    await first.close();
    const page = await ada.newPage();
    let come = () => {};
    const late = new Promise<void>((resolve) => {
      come = resolve;
    });
    await page.route("**/editor*.js", async (route) => {
      await late;
      await route.continue();
    });
    await page.goto(url, { waitUntil: "commit" });
    await page.getByText("The editor is opening…").waitFor();
    expect(await page.locator("textarea[name=html]").isVisible()).toBe(false);
    come();
    await text(page).waitFor();
    expect(await page.getByText("The editor is opening…").count()).toBe(0);
    await page.unroute("**/editor*.js");
    await page.route("**/editor*.js", (route) => route.abort());
    await page.reload();
    await page.locator("textarea[name=html]").fill("<p>By hand.</p>", PATIENCE);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator("#page-notice .notice-title").waitFor();
    await page.close();
  }, 300_000);

  it("is a text area where there are no scripts, and the text comes back as a document", async () => {
    const context = await site.chrome.newContext({ javaScriptEnabled: false, storageState: await ada.storageState() });
    context.setDefaultTimeout(PATIENCE.timeout);
    const page = await beginPost(context, "Without scripts");
    await page.getByLabel("Text").fill("<h2>Crust</h2><p>Flour.</p>");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator("#page-notice .notice-title").waitFor();
    const url = page.url();
    await context.close();
    const scripted = await ada.newPage();
    await scripted.goto(url);
    await expect.poll(() => text(scripted).textContent(), PATIENCE).toBe("CrustFlour.");
    await scripted.close();
  }, 300_000);
});

/** A draft of this title, on the page where it is written. */
async function beginPost(context: BrowserContext, title: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url("blog", "/admin/posts"));
  await page.getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Begin to write" }).click();
  await page.waitForURL(/\/admin\/posts\/\d+/);
  return page;
}

async function newPost(context: BrowserContext, title: string): Promise<Page> {
  const page = await beginPost(context, title);
  await text(page).waitFor();
  return page;
}

/** What the page's policy blocked, and what was asked of other hosts. */
function watch(page: Page): { blocked: string[]; outside: string[] } {
  const blocked: string[] = [];
  const outside: string[] = [];
  page.on("console", (message) => void (message.text().includes("Content Security Policy") && blocked.push(message.text())));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== new URL(site.url("blog", "/")).origin) outside.push(url.href);
  });
  return { blocked, outside };
}
