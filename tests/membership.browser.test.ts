import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inviteAdmin } from "./builders/invited-admin.ts";
import { faultsOf } from "./chrome.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, type VisitedSite } from "./visited-site.ts";

const PATIENCE_MS = 30_000;
const DESK = { viewport: { width: 1280, height: 900 } } as const;
const PHONE = { viewport: { width: 360, height: 740 }, colorScheme: "dark" } as const;
/** Where pictures of the pages go, for whoever wants to look at them. */
const PICTURES = process.env["MEMBERSHIP_PICTURES"] ?? "";
let site: VisitedSite;

describe.runIf(tools.chromium)("a fresh house and its members, in a real browser", { timeout: 300_000 }, () => {
  beforeAll(async () => {
    site = await openVisitedSite({ apps: ["blog", "cart", "federation", "account"], isFresh: true });
  }, 120_000);
  afterAll(() => site.close());

  it("the first steward comes by the link, keeps house, and invites a member, who joins, owes, gets a role, and leaves", async () => {
    const token = await site.db.transaction((tx) => inviteAdmin(tx, "ada@dairy.example", new Date()));
    const ada = await aVisitor(DESK);
    await comeIn(ada, site.url("account", `/join/${token}`), { email: "ada@dairy.example", name: "Ada" });
    await ada.getByText("Welcome. What the invitation was for is done.").first().waitFor();
    await look(ada, "membership-empty");

    await nameTheHouse(ada);
    await closeTheDoor(ada);
    await writeTerms(ada);
    await makeBakers(ada);
    const link = await inviteInto(ada, "Bakers");

    const stranger = await aVisitor(PHONE);
    await stranger.goto(site.url("account", "/join"));
    await stranger.getByRole("heading", { name: "By invitation" }).waitFor();
    await look(stranger, "join-shut");
    await signIn(stranger, "stranger@elsewhere.example");
    await stranger.getByText("By invitation only").first().waitFor();
    await look(stranger, "sign-in-shut");

    const bilal = await aVisitor(PHONE);
    await comeIn(bilal, link, { email: "bilal@dairy.example", name: "Bilal", isAgreeing: true });
    await bilal.getByText("Dues due").first().waitFor();
    await look(bilal, "membership-due");
    await bilal.getByRole("button", { name: "Pay now" }).click();
    await bilal.getByText("Your dues are in the cart.").first().waitFor();
    await bilal.getByText("Dues: Bakers").first().waitFor();
    expect(await faultsOf(bilal)).toEqual([]);

    await noteCash(ada);
    await giveRole(ada);
    await bilal.goto(site.url("account", "/membership"));
    await bilal.getByText("Dues paid").first().waitFor();
    await bilal.getByRole("link", { name: /why\? edit, in the blog/ }).click();
    await bilal.getByRole("heading", { name: "Why you may edit, in the blog" }).waitFor();
    await look(bilal, "why");
    await bilal.goto(site.url("account", "/membership"));
    await bilal.getByRole("link", { name: "Leave" }).click();
    await bilal.getByText("steward of the calendar").first().waitFor();
    await look(bilal, "leave");
    await bilal.getByRole("button", { name: "Leave Bakers" }).click();
    await bilal.getByText("You have left the group.").first().waitFor();
    const roles = await bilal.getByRole("region", { name: "Your roles" }).textContent();
    expect([roles?.includes("editor of the blog"), roles?.includes("calendar")]).toEqual([true, false]);

    await ada.goto(site.url("account", "/membership"));
    expect(await faultsOf(ada)).toEqual([]);
  });
});

async function aVisitor(options: BrowserContextOptions): Promise<Page> {
  const page = await (await site.chrome.newContext(options)).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** No fault on the page; and a picture of it, where one is wanted. */
async function look(page: Page, name: string): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  if (PICTURES !== "") await page.screenshot({ path: join(PICTURES, `${name}-${page.viewportSize()?.width}.png`), fullPage: true });
}

/** By an invitation, as somebody new: the link of the mail, a name, and what there is to agree to. */
async function comeIn(page: Page, link: string, who: { email: string; name: string; isAgreeing?: boolean }): Promise<void> {
  await page.goto(link);
  await page.getByRole("heading", { name: /^You are invited/ }).waitFor();
  await look(page, `invited-${who.name}`);
  await page.getByRole("button", { name: "Go on" }).click();
  await askForLink(page, who.email);
  await page.getByLabel("Your name").fill(who.name);
  if (who.isAgreeing) {
    await page.getByLabel(/I agree to the terms/).check();
    await look(page, `join-${who.name}`);
  }
  await page.getByRole("button", { name: "Join and sign in" }).click();
  await page.waitForURL(/\/membership/);
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(site.url("account", "/auth/login?next=/"));
  await askForLink(page, email);
}

/** The page of the link that is mailed. */
async function askForLink(page: Page, email: string): Promise<void> {
  await page.getByLabel("Your mail address").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.waitForURL(/\/sent$/);
  await page.goto(await linkTo(email));
}

async function linkTo(email: string): Promise<string> {
  const mails = readdirSync(site.mailDir).filter((file) => file.endsWith(".json"));
  const all = mails.toSorted().map((file) => JSON.parse(readFileSync(join(site.mailDir, file), "utf8")) as { to: string; text: string });
  const mail = all.findLast(({ to }) => to === email) ?? expect.fail(`no mail to ${email}`);
  return /http:\S+\/sign-in\/\S+/.exec(mail.text)?.[0] ?? expect.fail("no link in the mail");
}

async function nameTheHouse(ada: Page): Promise<void> {
  const before = await aVisitor(DESK);
  await before.goto(site.url("blog", "/")); // kept for guests from now on, under the old name
  await before.getByRole("link", { name: "Rose Ash" }).first().waitFor();
  await ada.goto(site.url("account", "/"));
  await ada
    .getByRole("region", { name: "Your profile" })
    .or(ada.locator("aside"))
    .getByRole("link", { name: "Account", exact: true })
    .click();
  await ada.getByRole("link", { name: "The house" }).first().click();
  await ada.getByLabel("Name", { exact: true }).fill("Hearth & Rye");
  await ada.getByLabel(/^Its own/).check();
  const accent = ada.getByLabel("The colour that acts, by light");
  await accent.fill("#ffd54a");
  await ada.getByRole("button", { name: "Save" }).click();
  await ada
    .getByText(/can be read/)
    .first()
    .waitFor();
  await look(ada, "look-refused");
  await accent.fill("#1f5f8b");
  await ada.getByLabel("The colour that acts, in the dark").fill("#8cc4ee");
  await ada.getByRole("button", { name: "Save" }).click();
  await ada.getByText("Saved").first().waitFor();
  await look(ada, "look");
  const guest = await aVisitor(DESK);
  await guest.goto(site.url("blog", "/"));
  await guest.getByRole("link", { name: "Hearth & Rye" }).first().waitFor();
  expect(await guest.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--color-rose')")).toContain("#1f5f8b");
  expect(await faultsOf(guest)).toEqual([]);
}

async function closeTheDoor(ada: Page): Promise<void> {
  await ada.getByRole("link", { name: "Who may join" }).click();
  await ada.waitForURL(/\/joining/);
  await ada.getByRole("radio", { name: /^Only who was invited/ }).check();
  await ada.getByRole("button", { name: "Save" }).click();
  await ada.getByText("Saved").first().waitFor();
  await look(ada, "joining");
}

async function writeTerms(ada: Page): Promise<void> {
  await ada.getByRole("link", { name: "Texts" }).click();
  await look(ada, "texts");
  await ada.getByRole("link", { name: "Terms", exact: true }).first().click();
  await ada.getByRole("textbox", { name: "Text" }).first().fill("We bake, and whoever eats pays.");
  await look(ada, "text");
  await ada.getByRole("button", { name: "Publish version 1" }).click();
  await ada.getByText("Saved").first().waitFor();
  await ada.getByRole("contentinfo").getByRole("link", { name: "Terms" }).click();
  await ada.getByText("We bake, and whoever eats pays.").first().waitFor();
  await look(ada, "terms");
}

async function makeBakers(ada: Page): Promise<void> {
  await ada.goto(site.url("account", "/admin"));
  await ada.getByRole("link", { name: "Groups", exact: true }).first().click();
  await ada.getByLabel("Name", { exact: true }).fill("Bakers");
  await ada.getByLabel("Dues", { exact: true }).selectOption("year");
  await ada.getByLabel(/^Amount, in pounds/).fill("12");
  await ada.getByRole("button", { name: "Make the group" }).click();
  await ada.getByRole("heading", { name: "Bakers" }).waitFor();
  await ada.getByText("Give a role to all in it").click();
  await ada.getByLabel("Role", { exact: true }).selectOption("steward");
  await ada.getByLabel("Where").selectOption("events");
  await ada.getByLabel("Why").fill("They bake for feasts");
  await ada.getByRole("button", { name: "Give it" }).click();
  await ada.getByText("steward of the calendar").first().waitFor();
  await look(ada, "group");
}

async function inviteInto(ada: Page, group: string): Promise<string> {
  await ada.getByRole("link", { name: "Or invite somebody by a link" }).click();
  await ada.getByLabel(/^Into a group/).selectOption({ label: group });
  await ada.getByLabel(/^A word to them/).fill("Come and bake with us");
  await ada.getByRole("button", { name: "Make the link" }).click();
  const link = await ada.locator("code").first().textContent();
  await look(ada, "invitations");
  return link ?? expect.fail("no link");
}

async function noteCash(ada: Page): Promise<void> {
  await ada.goto(site.url("account", "/admin/members"));
  await look(ada, "members");
  await ada.getByRole("link", { name: "Bilal" }).click();
  await ada.getByText("Note dues").click();
  await ada.getByLabel("A word about it").fill("In the tin at the counter");
  await look(ada, "member");
  await ada.getByRole("button", { name: "It was paid" }).click();
  await ada.getByText("It is noted.").first().waitFor();
}

async function giveRole(ada: Page): Promise<void> {
  await ada.getByText("Give or take a role in person").click();
  await ada.getByLabel("Why").fill("She writes the bakery’s page");
  await ada.getByRole("button", { name: "Give it" }).click();
  await ada.getByText("editor of the blog").first().waitFor();
}
