import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FILES } from "./builders/files.ts";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

let site: VisitedSite;

describe.runIf(tools.chromium)("the library, the menus and the widgets, in a real browser", () => {
  beforeAll(async () => {
    site = await openVisitedSite();
  }, 120_000);
  afterAll(async () => {
    await site?.close();
  });

  it.each([
    ["a desk, light", "light", 1280],
    ["a phone, dark", "dark", 360],
  ] as const)("have no finding of axe and nothing wider than the screen: %s", async (_screen, colorScheme, width) => {
    const { context, page } = await asAda({ colorScheme, viewport: { width, height: 800 } });
    for (const path of ["/media", "/media/1", "/navigation", "/navigation/primary/new", "/pages/1/widgets"]) {
      await page.goto(site.url("blog", `/admin${path}`));
      expect(await page.locator("h1").count(), path).toBe(1);
      expect(await faultsOf(page)).toEqual([]);
    }
    await context.close();
  });

  it("take a dropped picture, the point that is pressed on it, and the order that is dragged", async () => {
    const { context, page } = await asAda({ viewport: { width: 1280, height: 1200 } });
    await page.goto(site.url("blog", "/admin/media"));
    const files = await page.evaluateHandle<DataTransferLike>(`(async () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 200 });
      canvas.getContext("2d").fillRect(0, 0, 300, 200);
      const bytes = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      const dropped = new DataTransfer();
      dropped.items.add(new File([bytes], "dropped.png", { type: "image/png" }));
      return dropped;
    })()`);
    await page.dispatchEvent("body", "drop", { dataTransfer: files });
    await page.waitForURL(/\/admin\/media\/\d+\?|\/admin\/media\/\d+$/);
    const box = await page.locator("[data-focal] img").boundingBox();
    if (!box) throw new Error("the picture is not shown");
    await page.mouse.click(box.x + box.width * 0.2, box.y + box.height * 0.7);
    expect([await page.inputValue("#field-focalX"), await page.inputValue("#field-focalY")]).toEqual(["20", "70"]);

    await page.goto(site.url("blog", "/admin/navigation"));
    const titles = () => page.locator("[data-arrange=order-primary] .row-title").allTextContents();
    const [first = "", second = "", ...others] = await titles();
    const handles = page.locator("[data-arrange=order-primary] [data-handle]");
    const [from, to] = [await handles.nth(0).boundingBox(), await handles.nth(1).boundingBox()];
    if (!from || !to) throw new Error("the menu has no two items");
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + 8, to.y + to.height + 4, { steps: 8 });
    await page.mouse.up();
    await page.getByText("The menu is changed, on every page.").first().waitFor();
    expect(await titles()).toEqual([second, first, ...others]);
    await page.getByRole("button", { name: `${first} up` }).press("Enter"); // and by keyboard, which goes on in the same row
    await expect.poll(titles).toEqual([first, second, ...others]);
    await page.keyboard.press("Tab");
    expect(await page.locator("[data-arrange=order-primary] li:has(:focus) .row-title").textContent()).toBe(first);
    await context.close();
  });

  it("are all there without scripts", async () => {
    const { context, page } = await asAda({ javaScriptEnabled: false });
    await page.goto(site.url("blog", "/admin"));
    await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Media" }).click();
    const minutes = { name: "minutes.pdf", mimeType: "application/pdf", buffer: Buffer.from(FILES.pdf) };
    await page.getByLabel("Pictures, sound, film, PDF").setInputFiles(minutes);
    await page.getByRole("button", { name: "Bring them" }).click();
    await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toBe("minutes.pdf");

    await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Navigation" }).click();
    const titles = () => page.getByRole("region", { name: "On top of every page" }).locator(".row-title").allTextContents();
    const [first = "", second = "", ...others] = await titles();
    await page
      .getByRole("region", { name: "On top of every page" })
      .getByRole("button", { name: `${second} up` })
      .click();
    await expect.poll(titles).toEqual([second, first, ...others]);
    await context.close();
  });
});

/** What a drop carries, known to the browser alone. */
type DataTransferLike = object;

async function asAda(options: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page }> {
  const context = await site.chrome.newContext(options);
  return { context, page: await signedIn(site, context, "Ada") };
}
