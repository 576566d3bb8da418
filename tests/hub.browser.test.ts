import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aPromisedPng } from "./builders/files.ts";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

let site: VisitedSite;

describe.runIf(tools.chromium)("the hub, in a real browser", () => {
  beforeAll(async () => {
    site = await openVisitedSite({ apps: ["blog", "federation", "account"] });
  }, 120_000);
  afterAll(async () => {
    await site?.close();
  });

  const asMember = async (name: string, options: BrowserContextOptions = {}) => {
    const context = await site.chrome.newContext(options);
    return { context, page: await signedIn(site, context, name, "federation", "/") };
  };

  it("a member says something with a picture, another replies and boosts, and it is edited and deleted", async () => {
    const ada = await asMember("Ada");
    const { page } = ada;
    await page.getByLabel("What would you like to say?").fill("The new tin, filled for the first time #bread");
    await page.getByText("Pictures, poll, warning, language").click();
    const picture = { name: "tin.png", mimeType: "image/png", buffer: aPromisedPng(64, 48) };
    await page.getByLabel("Picture 1 (optional)", { exact: true }).setInputFiles(picture);
    await page.getByRole("button", { name: "Publish" }).click();
    // what it shows is missing: the picture and the words are kept
    await page.getByText("Say what it shows, for those who can’t see it.").first().waitFor();
    expect(await page.getByLabel("What would you like to say?").inputValue()).toContain("The new tin");
    await page.getByLabel("What picture 1 shows").first().fill("A black tin with dough in it");
    await page.getByRole("button", { name: "Publish" }).click();
    const post = page.getByRole("article", { name: "Ada Marlowe" }).first();
    await post.getByRole("img", { name: "A black tin with dough in it" }).waitFor();
    expect(await faultsOf(page)).toEqual([]);

    const bilal = await asMember("Bilal", { colorScheme: "dark", viewport: { width: 360, height: 800 } });
    await bilal.page.goto(site.url("federation", "/local"));
    const seen = bilal.page.getByRole("article", { name: "Ada Marlowe" }).first();
    await seen.getByRole("button", { name: /^Boost/ }).click();
    await seen.getByRole("button", { name: /^Boosted/ }).waitFor();
    await seen.getByRole("link", { name: /^Reply/ }).click();
    await bilal.page.getByLabel("Your reply to Ada Marlowe").fill("@ada Looks about two hours away from done");
    await bilal.page.getByRole("button", { name: "Publish" }).click();
    await bilal.page.getByRole("article", { name: "Bilal Rahman" }).getByText("two hours away").waitFor();
    expect(await faultsOf(bilal.page)).toEqual([]);
    const thread = bilal.page.url().replace(/#.*$/, "");
    await bilal.context.close();

    await page.goto(thread);
    await page.getByText("Looks about two hours away").waitFor();
    await page.getByRole("link", { name: /^Edit/ }).click();
    await page.getByLabel("Text", { exact: true }).fill("The new tin, filled for the second time #bread");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("for the second time").waitFor();
    await page.getByRole("link", { name: "edited" }).click();
    await page.getByText("for the first time").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.goto(thread);
    await page.getByRole("link", { name: "Why do I see this?" }).first().click();
    await page.getByText("You wrote it.").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.goto(thread);
    await page.getByRole("link", { name: /^Delete/ }).click();
    await page.getByRole("button", { name: "Delete it" }).click();
    await page.getByText("The post is gone.").first().waitFor();
    expect((await page.goto(thread))?.status()).toBe(404);
    await ada.context.close();
  });

  it("works without scripts: a poll is asked, answered and liked", async () => {
    const ada = await asMember("Ada", { javaScriptEnabled: false });
    await ada.page.goto(site.url("federation", "/posts/new"));
    await ada.page.getByLabel("What would you like to say?").fill("Which day for the oven?");
    await ada.page.getByText("Pictures, poll, warning, language").click();
    await ada.page.getByLabel("Answer 1 (optional)").fill("Friday");
    await ada.page.getByLabel("Answer 2 (optional)").fill("Saturday");
    await ada.page.getByRole("button", { name: "Publish" }).click();
    await ada.page.getByText("Which day for the oven?").waitFor();
    await ada.context.close();
    const bilal = await asMember("Bilal", { javaScriptEnabled: false });
    await bilal.page.goto(site.url("federation", "/local"));
    await bilal.page.getByRole("radio", { name: "Saturday" }).check();
    await bilal.page.getByRole("button", { name: "Vote" }).click();
    await bilal.page.getByText("Your answer").waitFor();
    await bilal.page.getByRole("button", { name: /^Like/ }).first().click();
    await bilal.page
      .getByRole("button", { name: /^Liked/ })
      .first()
      .waitFor();
    await bilal.context.close();
  });
});
