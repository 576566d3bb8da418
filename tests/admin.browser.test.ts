import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

let site: VisitedSite;

describe.runIf(tools.chromium)("behind the counter, in a real browser", () => {
  beforeAll(async () => {
    site = await openVisitedSite();
  });
  afterAll(async () => {
    await site?.close();
  });

  it.each([
    ["a desk, light", "light", 1280],
    ["a phone, dark", "dark", 360],
  ] as const)("has no finding of axe and nothing wider than the screen: %s", async (_screen, colorScheme, width) => {
    const context = await site.chrome.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await signedIn(site, context, "Ada");
    const paths = [
      "",
      "/relations",
      "/relations/blog.under",
      "/relations/shared.role",
      "/relations/shared.can/tuple?v0=user:bilal&v1=edit&v2=blog",
      "/audit",
      "/caches",
      "/activities",
      "/outgoing",
    ];
    for (const path of [...paths, "/relations/shared.can/tuple?v0=user:grace&v1=edit&v2=blog"]) {
      await page.goto(site.url("blog", `/admin${path}`));
      expect(await page.locator("h1").count(), path).toBe(1);
      expect(await page.getByRole("navigation", { name: "Administration" }).getByRole("link").count(), path).toBeGreaterThanOrEqual(4);
      expect(await faultsOf(page)).toEqual([]);
    }
    await context.close();
  });

  it("gives a right and takes it back without scripts, and the log tells of both", async () => {
    const context = await site.chrome.newContext({ javaScriptEnabled: false });
    const page = await signedIn(site, context, "Ada");
    await page.goto(site.url("blog", "/admin"));
    await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Relations" }).click();
    await page.getByRole("link", { name: "role", exact: true }).click();
    const form = page.getByRole("region", { name: "State a fact" });
    await form.getByLabel("User").fill("user:grace");
    await form.getByLabel("Role").fill("editor");
    await form.getByLabel("Scope").fill("blog");
    await form.getByLabel("Why").fill("Writes about the choir");
    await form.getByRole("button", { name: "State it" }).click();
    await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toBe("Grace Liang is editor in blog");
    expect(await page.getByText("It is stated, in your name.").count()).toBe(1);

    await page.locator("summary", { hasText: "Take it back" }).click();
    await page.locator("#field-reason-0").fill("She moved away");
    await page.getByRole("button", { name: /^Take it back/ }).click();
    await expect.poll(() => page.getByText("Does not hold").count()).toBe(1);

    await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Log" }).click();
    expect(await page.getByText("Writes about the choir").count()).toBeGreaterThan(0);
    expect(await page.getByText("She moved away").count()).toBe(1);
    await context.close();
  });

  it("pauses the site without scripts, says so in every service, and releases it", async () => {
    const context = await site.chrome.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const page = await signedIn(site, context, "Ada");
    const outgoing = site.url("blog", "/admin/outgoing");
    await page.goto(outgoing);
    await page.getByLabel("Why").fill("To see how it is done");
    await page.getByRole("button", { name: "Pause everything outgoing" }).click();
    await expect.poll(() => page.getByRole("heading", { name: "Paused" }).count()).toBe(1);
    await page.goto(site.url("events", "/auth/login?next=/admin"));
    await expect.poll(() => page.getByText("The site is paused").count()).toBe(1);
    await page.goto(outgoing);
    const scripted = await site.chrome.newContext({ storageState: await context.storageState(), viewport: { width: 360, height: 800 } });
    const same = await scripted.newPage();
    await same.goto(outgoing);
    expect(await faultsOf(same)).toEqual([]);
    await scripted.close();
    await page.getByLabel("Why").fill("Seen");
    await page.getByRole("button", { name: "Release what is pending" }).click();
    await expect.poll(() => page.getByText("Everything goes out").count()).toBe(1);
    expect(await page.getByText("The site is paused").count()).toBe(0);
    await context.close();
  });

  it("is nothing to a member", async () => {
    const context = await site.chrome.newContext();
    const page = await signedIn(site, context, "Grace");
    const answer = await page.goto(site.url("market", "/admin")); // at blog she has a desk: she has written there
    expect(answer?.status()).toBe(404);
    await context.close();
  });
});
