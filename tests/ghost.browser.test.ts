import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGhostExport } from "./builders/ghost-export.ts";
import { faultsOf } from "./chrome.ts";
import { lexicalOf, openFakeGhost } from "./fake-ghost/index.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const ghost = await openFakeGhost();
let site: VisitedSite;
const published = { status: "published", published_at: "2026-01-02T03:04:05.000Z" };

describe.runIf(tools.chromium)("a Ghost beside the blog, in a real browser", () => {
  beforeAll(async () => {
    site = await openVisitedSite({ env: ghost.env });
  }, 120_000);
  afterAll(async () => {
    await site?.close();
    await ghost.close();
  });

  /** axe finds nothing, and nothing is wider than the screen: on a desk in light colours, on a phone in dark ones. */
  async function isFine(page: Page) {
    for (const [width, colorScheme] of [
      [1280, "light"],
      [360, "dark"],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      expect(await faultsOf(page)).toEqual([]);
    }
  }
  async function openGhost() {
    const context = await site.chrome.newContext({ reducedMotion: "reduce" }); // a colour half way has no contrast
    return signedIn(site, context, "Ada", "blog", "/admin/ghost");
  }

  it("shows what would come of an exported file, brings it, and says by itself when it is here", { timeout: 120_000 }, async () => {
    const page = await openGhost();
    await isFine(page);
    const bring = async (buffer: Buffer) => {
      await page.setInputFiles("#field-file", { name: "the-old-dairy.ghost.json", mimeType: "application/json", buffer });
      await page.getByRole("button", { name: "Read it" }).click();
    };
    const file = aGhostExport();
    for (let number = 0; number < 60; number++) file.post({ title: `Brought loaf ${number}`, slug: `brought-loaf-${number}` });
    file.post({ title: 7, slug: "seven" });
    await bring(file.bytes().subarray(0, 500));
    await page.getByText("it may have broken off").first().waitFor();
    await isFine(page);
    await bring(file.bytes());
    await page.getByRole("heading", { name: "Would come here: 60" }).waitFor();
    await isFine(page);
    await page.getByRole("button", { name: "Bring them here" }).click();
    await page.getByText("It is here", { exact: true }).waitFor({ timeout: 60_000 }); // nobody reloads the page
    await page.reload();
    await isFine(page);
    await page.context().close();
  });

  it("shows how it gets on, both sides of a piece, what differs, and a Ghost that wants rest", { timeout: 120_000 }, async () => {
    const gone = { title: "A picture that is gone", feature_image: "__GHOST_URL__/content/images/gone.png" };
    const post = ghost.store.add("posts", { ...published, ...gone, lexical: lexicalOf("Look.") });
    const page = await openGhost();
    await page.getByRole("button", { name: "Begin the import" }).click();
    const isThere = (words: string) =>
      expect.poll(() => page.reload().then(() => page.getByText(words).count()), { timeout: 60_000, interval: 1000 }).toBeGreaterThan(0);
    await isThere("is not in the library");
    await isFine(page);
    Object.assign(post, { title: "Another title", lexical: lexicalOf("Look twice.") });
    await page.getByRole("link", { name: "both sides of A picture that is gone" }).first().click();
    await page.getByText("changed in Ghost").first().waitFor();
    await isFine(page);
    await page.goto(site.url("blog", "/admin/ghost/differences"));
    await isFine(page);
    ghost.disturb("GET", "/", ...Array.from({ length: 50 }, () => ({ status: 429, headers: { "retry-after": "120" } })));
    await page.goto(site.url("blog", "/admin/ghost"));
    await page.getByRole("button", { name: "Look through everything now" }).click();
    await isThere("it is asked too much, and wants 120 seconds of rest");
    await isFine(page);
    await page.context().close();
  });
});
