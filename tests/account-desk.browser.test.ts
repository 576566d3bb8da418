import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takeMails } from "./builders/mailbox.ts";
import { until } from "./builders/outbox.ts";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC",
  "base64",
);

let site: VisitedSite;

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();

async function visit(viewport: typeof DESK, colorScheme: "light" | "dark" = "light"): Promise<BrowserContext> {
  const context = await site.chrome.newContext({ viewport, colorScheme });
  context.setDefaultTimeout(30_000);
  return context;
}

/** The link that was mailed to this address. */
async function linkTo(address: string, mails: Awaited<ReturnType<typeof takeMails>>): Promise<string> {
  const text = mails.find(({ to }) => to === address)?.text ?? "";
  return /https?:\/\/\S+\/settings\/email\/links\/\S+/.exec(text)?.[0] ?? expect.fail(`no link was sent to ${address}`);
}

describe.runIf(tools.chromium)("a member's desk, in a real browser", { timeout: 240_000 }, () => {
  beforeAll(async () => {
    site = await openVisitedSite({ apps: ["account", "blog", "cart", "events", "federation", "market"] });
  }, 180_000);
  afterAll(() => site.close());

  it("Ada, at a desk: looks around, says who she is, brings a picture, and is warned of what she avoids", async () => {
    const ada = await signedIn(site, await visit(DESK), "Ada", "account", "/");
    await ada.getByRole("heading", { name: "What is next" }).waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.getByRole("navigation", { name: "Your account" }).getByRole("link", { name: "Profile" }).click();
    await ada.getByLabel("Pronouns").fill("she/her");
    await ada.getByLabel("Your time zone").selectOption("Asia/Tokyo");
    await ada.getByLabel("Milk").check();
    await ada.getByLabel("Vegan", { exact: true }).check();
    expect(await faultsOf(ada)).toEqual([]);
    await press(ada, "Save");
    await ada.getByText("It is saved.").first().waitFor();
    expect(await ada.getByLabel("Milk").isChecked()).toBe(true);

    await ada.getByRole("link", { name: "Change it" }).click();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.getByLabel("Another picture").setInputFiles({ name: "ada.png", mimeType: "image/png", buffer: PICTURE });
    await press(ada, "Use this picture");
    await ada.getByText("That is your picture now.").first().waitFor();
    const reply = await fetch(site.url("federation", "/ap/members/ada"), { headers: { accept: "application/activity+json" } });
    const actor = (await reply.json()) as { icon?: { type: string; url: string } };
    expect(actor.icon).toMatchObject({ type: "Image", url: expect.stringContaining("/media/") });
    expect((await fetch(actor.icon?.url ?? "")).headers.get("content-type")).toMatch(/^image\//);

    await ada.goto(site.url("market", "/products/rye-sourdough"));
    await ada.getByText("May contain milk, which you avoid").waitFor();
    await until(async () => {
      await ada.goto(site.url("blog", "/")); // a piece that came too late for one page is there for the next
      return ada.getByText(/(Good|Still).*Ada Marlowe/).isVisible();
    });
  });

  it("Bilal, on a phone in the dark: chooses what he is told, and moves to another address by both mailboxes", async () => {
    const context = await visit(PHONE, "dark");
    const bilal = await signedIn(site, context, "Bilal", "account", "/");
    expect(await faultsOf(bilal)).toEqual([]);
    await bilal.goto(site.url("account", "/settings/notices"));
    await bilal.getByRole("group", { name: "Somebody follows you", exact: true }).getByLabel("Mail too").check();
    expect(await faultsOf(bilal)).toEqual([]);
    await press(bilal, "Save");
    await bilal.getByText("It is saved.").first().waitFor();

    await bilal.goto(site.url("account", "/settings/email"));
    const before = ((await bilal.locator(".panel.text-lead").textContent()) ?? "").trim();
    await bilal.getByLabel("New address").fill("bilal@xn--mhle-0ra.example");
    await takeMails(site.mailDir);
    await press(bilal, "Ask both addresses");
    await bilal.getByText("We wrote to both addresses").first().waitFor();
    expect(await faultsOf(bilal)).toEqual([]);
    const mails = await takeMails(site.mailDir);

    const mailReader = await (await visit(PHONE)).newPage(); // where nobody is signed in
    await mailReader.goto(await linkTo(before, mails));
    expect(await faultsOf(mailReader)).toEqual([]);
    await press(mailReader, "Allow it");
    await mailReader.getByRole("heading", { name: "Thank you, that is half of it" }).waitFor();
    await bilal.reload();
    await bilal.getByText("has allowed it").waitFor();
    await mailReader.goto(await linkTo("bilal@xn--mhle-0ra.example", mails));
    expect(await faultsOf(mailReader)).toEqual([]);
    await press(mailReader, "Confirm it");
    await mailReader.getByRole("heading", { name: "It is changed" }).waitFor();
    await bilal.goto(site.url("account", "/"));
    await bilal.getByText("changed the address that you sign in with").first().waitFor(); // his other device is told
    expect(await faultsOf(bilal)).toEqual([]);
    await mailReader.goto(await linkTo(before, mails));
    await mailReader.getByRole("heading", { name: "It is changed already" }).waitFor();
    expect(await faultsOf(mailReader)).toEqual([]);
  });
});
