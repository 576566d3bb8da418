import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Platform } from "../scripts/platform.ts";
import { tools } from "./tools.ts";

const dataDir = mkdtempSync(join(tmpdir(), "rose-ash-editor-"));
chmodSync(dataDir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
const platform = new Platform({ dataDir, gatewayPort: 0, freeServicePorts: true, stdout: "ignore" });
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const PATIENCE = { timeout: 60_000 };
let chrome: Browser;
let ada: BrowserContext;

describe.runIf(tools.chromium)("the prose editor, in a real browser", () => {
  beforeAll(async () => {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP *.localhost 127.0.0.1"];
    [chrome] = await Promise.all([chromium.launch({ executablePath: tools.chromium ?? "", args }), platform.start()]);
    ada = await chrome.newContext({ viewport: { width: 1280, height: 900 } });
    ada.setDefaultTimeout(PATIENCE.timeout);
    await signIn(ada, "Ada");
  });
  afterAll(async () => {
    await chrome?.close();
    await platform.stop();
    rmSync(dataDir, { recursive: true });
  });

  it("writes a text with six kinds of cards, a picture and a link, and nothing of it is lost", async () => {
    const page = await newPost(ada, "Rye at night");
    const { blocked, outside } = watch(page);
    await text(page).click();
    await page.keyboard.type("Bread needs time.");
    await addCard(page, "callout");
    await page.keyboard.type("Hot oven");
    await leaveCard(page);
    await addCard(page, "toggle");
    await page.keyboard.type("Why?");
    await leaveCard(page);
    await addCard(page, "html");
    await page.keyboard.type("<table><tr><td>six loaves</td></tr></table>");
    await leaveCard(page);
    await addCard(page, "markdown");
    await page.keyboard.type("A note[^1].\n\n[^1]: Here.");
    await leaveCard(page);
    await addCard(page, "divider");
    await addCard(page, "button");
    await page.getByPlaceholder("Add button text").fill("Join us");
    await page.getByPlaceholder("https://yoursite.com/#/portal/signup/").fill("/join");
    await leaveCard(page);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), addCard(page, "image")]);
    await chooser.setFiles({ name: "oven.png", mimeType: "image/png", buffer: PIXEL });
    await expect.poll(() => page.locator('[data-kg-card="image"] img').getAttribute("src"), PATIENCE).toMatch(/^\/media\//);
    await text(page).press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("the shop");
    for (const _letter of "the shop") await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Control+k");
    await page.locator("input[data-testid=link-input], [data-testid=link-input] input").fill("https://oak.example/");
    await page.keyboard.press("Enter");
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
    for (const piece of [
      "kg-callout-card",
      "<details",
      "<td>six loaves</td>",
      'class="footnotes"',
      "<hr>",
      'href="/join"',
      'src="/media/',
      'href="https://oak.example/"',
    ])
      expect(html).toContain(piece);
    expect(await page.locator('script[src*="editor"], link[href*="editor"]').count()).toBe(0);
    await page.close();
  }, 300_000);

  it("keeps what is written while the server is dead, and has it back after the tab died too", async () => {
    const page = await newPost(ada, "Written in the dark");
    await text(page).click();
    await page.keyboard.type("First line. ");
    await saved(page);
    await platform.stopService("blog", "SIGKILL");
    await page.keyboard.type("Second line.");
    await expect.poll(() => state(page), PATIENCE).toContain("can’t be reached");
    const url = page.url();
    await page.close({ runBeforeUnload: false });
    await platform.startService("blog");

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
      const context = await chrome.newContext({ colorScheme, viewport: { width, height: 800 }, storageState: await ada.storageState() });
      context.setDefaultTimeout(PATIENCE.timeout);
      const page = await newPost(context, `Seen at ${width}`);
      await text(page).click();
      await page.keyboard.type("Bread needs time.");
      await saved(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      await context.close();
    },
    300_000,
  );

  it("is a text area where there are no scripts, and the text comes back as a document", async () => {
    const context = await chrome.newContext({ javaScriptEnabled: false, storageState: await ada.storageState() });
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

const text = (page: Page) => page.locator("[data-editor-stage] [contenteditable=true]").first();
const state = (page: Page) => page.locator("[data-editor-state]").textContent();
const saved = (page: Page) => expect.poll(() => state(page), PATIENCE).toBe("Saved.");

async function signIn(context: BrowserContext, name: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${platform.origins.blog}/auth/login?next=/`);
  await page.getByRole("button", { name, exact: false }).first().click();
  await page.waitForURL(`${platform.origins.blog}/**`);
  await page.close();
}

/** A draft of this title, on the page where it is written. */
async function beginPost(context: BrowserContext, title: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${platform.origins.blog}/admin/posts`);
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

/** By the keyboard alone, in a new line at the end. */
async function addCard(page: Page, name: string): Promise<void> {
  await text(page).press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type(`/${name}`);
  await page.locator("[data-kg-slash-menu]").waitFor();
  await page.keyboard.press("Enter");
  await page.locator("[data-kg-card]").last().waitFor();
}

async function leaveCard(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
}

/** What the page's policy blocked, and what was asked of other hosts. */
function watch(page: Page): { blocked: string[]; outside: string[] } {
  const blocked: string[] = [];
  const outside: string[] = [];
  page.on("console", (message) => void (message.text().includes("Content Security Policy") && blocked.push(message.text())));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== platform.origins.blog) outside.push(url.href);
  });
  return { blocked, outside };
}
