import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { faultsOf } from "./chrome.ts";

/** How long something in a browser may take on a busy machine. */
export const PATIENCE = { timeout: 60_000 };

/** A picture of one pixel. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/** Where the text of a piece is written. */
export const text = (page: Page) => page.locator("[data-editor-stage] [contenteditable=true]").first();

/** The line above it. */
export const state = (page: Page) => page.locator("[data-editor-state]").textContent();

/** Waits until the server has the text; what is filled in beside it may wait for the form. */
export const saved = (page: Page) => expect.poll(() => state(page), PATIENCE).toMatch(/^(Saved|The text is saved)\./);

/** Puts a card in a new line at the end of the text, by the keyboard alone. */
async function addCard(page: Page, name: string): Promise<void> {
  await text(page).press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type(`/${name}`);
  await page.locator("[data-kg-slash-menu]").waitFor();
  await page.keyboard.press("Enter");
  await page.locator("[data-kg-card]").last().waitFor();
}

/** Back from a card to the text. */
async function leaveCard(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
}

/** Writes into the code editor of a card, once it is there, at one go: what it closes by itself is not typed twice. */
async function writeCode(page: Page, code: string): Promise<void> {
  await page.locator("[data-kg-card] :is(.cm-content, .CodeMirror-focused textarea):focus").waitFor(PATIENCE);
  await settled(page);
  await page.keyboard.insertText(code);
  const first = code.split("\n", 1)[0] ?? "";
  await page.locator("[data-kg-card] :is(.cm-line, .CodeMirror-line)", { hasText: first }).waitFor(PATIENCE);
}

/** Two frames and what waits behind them: who draws a page listens to its keys a moment after it shows. */
const settled = (page: Page) =>
  page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))");

/** Six kinds of cards, a picture and a link, by the keyboard: what is not seen of it in the text is `#six loaves` and a note. */
export async function writeEveryKind(page: Page): Promise<void> {
  await page.keyboard.type("Bread needs time.");
  await addCard(page, "callout");
  await page.keyboard.type("Hot oven");
  await leaveCard(page);
  await addCard(page, "toggle");
  await page.keyboard.type("Why?");
  await leaveCard(page);
  await addCard(page, "html");
  await writeCode(page, "<table><tr><td>six loaves</td></tr></table>");
  await leaveCard(page);
  await addCard(page, "markdown");
  await writeCode(page, "A note[^1].\n\n[^1]: Here.");
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
  await linkLast(page, "the shop", "https://oak.example/");
}

/** Koenig hears of a selection a moment after the browser: who presses too soon presses again. */
async function linkLast(page: Page, words: string, url: string): Promise<void> {
  const input = page.locator("input[data-testid=link-input], [data-testid=link-input] input");
  const ask = async () => {
    await page.keyboard.press("End");
    for (const _letter of words) await page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(() => page.evaluate("String(getSelection())"), PATIENCE).toBe(words);
    await page.keyboard.press("Control+k");
    await input.waitFor({ timeout: 2_000 }).catch(() => {});
    return input.isVisible();
  };
  await expect.poll(ask, PATIENCE).toBe(true);
  await input.fill(url);
  await page.locator("[role=option][aria-selected=true]", { hasText: url }).waitFor(PATIENCE); // before it Enter takes a post
  await settled(page);
  await page.keyboard.press("Enter");
  await text(page).locator(`a[href="${url}"]`).waitFor(PATIENCE);
}

/** What readers find of it. */
export const EVERY_KIND = [
  ...["kg-callout-card", "<details", "<td>six loaves</td>", 'class="footnotes"', "<hr>", 'href="/join"', "/media/"],
  'href="https://oak.example/"',
];

const MOST_STEPS = 400;

/** Goes to something with the Tab key. Throws where that does not lead there, as for what only a mouse reaches. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor(PATIENCE);
  for (let step = 0; step < MOST_STEPS; step++) {
    if ((await target.first().and(page.locator(":focus")).count()) === 1) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to ${target}`);
}

/** Goes to a link or button with the Tab key, and presses Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** One headline, and nothing that axe finds: of Koenig's own sheet the editor's test asks. */
export async function seemsWell(page: Page): Promise<void> {
  expect(await page.locator("h1").count(), page.url()).toBe(1);
  expect(await faultsOf(page, { exclude: "[data-editor-stage]" })).toEqual([]);
}
