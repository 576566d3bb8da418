import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./builders/outbox.ts";
import { faultsOf } from "./chrome.ts";
import { ownMedia } from "./own-media.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 360, height: 760 } } as const;
let site: VisitedSite;
const media = ownMedia();

/** Mail that went to this address, the latest last. */
function mailTo(address: string): { subject: string; text: string }[] {
  const files = readdirSync(site.mailDir).filter((name) => name.endsWith(".json"));
  const mails = files
    .toSorted()
    .map((name): { to: string; subject: string; text: string } => JSON.parse(readFileSync(join(site.mailDir, name), "utf8")));
  return mails.filter(({ to }) => to === address);
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: false }).first().click();
}

/** Through the question, with nothing wrong on any of its pages. */
async function ask(page: Page, handle: string): Promise<void> {
  await page.goto(site.url("account", "/data"));
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("link", { name: "See what would happen" }).click();
  await page.getByRole("heading", { name: "What stays, and why" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await press(page, "Forget me in");
  await page.getByLabel(`Type ${handle}`).fill("somebody else"); // the browser wants something; the server wants the right one
  await press(page, "Forget me in");
  await page.getByText("so that nobody does this by mistake").first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel(`Type ${handle}`).fill(handle);
  await press(page, "Forget me in");
  await page.getByText("You will be forgotten on").waitFor();
}

describe.runIf(tools.chromium)("your data, in a real browser", { timeout: 240_000 }, () => {
  beforeAll(async () => {
    site = await openVisitedSite({ env: { MEDIA_DIR: media } });
  }, 240_000);
  afterAll(async () => {
    await site.close();
    rmSync(media, { recursive: true });
  });

  it.each([
    ["desk", "Bilal", "light"],
    ["phone", "Carys", "dark"],
  ] as const)("on a %s a member takes it all along, asks to be forgotten, thinks again, and goes", async (size, name, colorScheme) => {
    const context = await site.chrome.newContext({ viewport: SIZES[size], colorScheme });
    context.setDefaultTimeout(60_000);
    const page = await signedIn(site, context, name, "account", "/data");
    const { rows } = await site.db.execute<{ id: string; handle: string; email: string }>(
      sql`select u.id, handle, email from users u join user_emails on user_id = u.id and is_primary where name like ${`${name}%`} order by u.id limit 1`,
    );
    const member = rows[0] ?? expect.fail(name);

    await press(page, "Make my archive");
    await page.getByText("Your export is ready").first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Fetch it" }).click()]);
    const bytes = readFileSync(await download.path());
    expect([bytes.subarray(0, 2).toString(), bytes.includes("federation/mail-addresses.csv")]).toEqual(["PK", true]);

    await ask(page, member.handle);
    expect(await faultsOf(page)).toEqual([]);
    await press(page, "Undo it: I stay");
    await page.getByText("It is undone").first().waitFor();

    await ask(page, member.handle);
    await until(async () => mailTo(member.email).filter(({ subject }) => subject === "You asked us to forget you").length === 2);
    const link = /http\S+\/data\/undo\/\S+/.exec(mailTo(member.email).at(-1)?.text ?? "")?.[0] ?? expect.fail();
    const other = await (await site.chrome.newContext({ viewport: SIZES[size], colorScheme })).newPage(); // signed in nowhere
    await other.goto(link);
    expect(await faultsOf(other)).toEqual([]);
    await press(other, "Undo it: I stay");
    await other.getByRole("heading", { name: "It is undone" }).waitFor();

    await ask(page, member.handle);
    await site.db.execute(sql`update orders set status = 'done' where user_id = ${member.id}`);
    await site.db.execute(sql`update erasures set due_at = now() - interval '1 minute' where user_id = ${member.id} and state = 'asked'`); // the days go by
    const [account] = site.replicas("account");
    const [due] = await site.services.erasures.listDue(new Date());
    if (account === undefined || due === undefined) return expect.fail();
    expect(await account.transaction((tx) => account.services.erasures.begin(tx, due))).toBe("begun");
    await until(async () => (await site.services.erasures.findRow(due))?.state === "finished");
    expect(mailTo(member.email).at(-1)?.subject).toBe("We have forgotten you");
    await page.goto(site.url("account", "/data"));
    await page.waitForURL(/sign-in|oauth|auth\/login/); // nobody is signed in here any more
    const { rows: left } = await site.db.execute(sql`select name from users where id = ${member.id}`);
    expect(left).toEqual([{ name: "Former member" }]);
    await context.close();
  });

  it("stewards see how far it is, and nobody's name", async () => {
    for (const [size, colorScheme] of [
      ["desk", "dark"],
      ["phone", "light"],
    ] as const) {
      const context = await site.chrome.newContext({ viewport: SIZES[size], colorScheme });
      context.setDefaultTimeout(60_000);
      const page = await signedIn(site, context, "Ada", "account", "/admin/erasures");
      expect(await faultsOf(page)).toEqual([]);
      expect(await page.locator("main").innerText()).not.toMatch(/Bilal|Carys/);
      await page
        .getByRole("link", { name: /^Erasure \d/ })
        .first()
        .click();
      await page.getByRole("heading", { name: "Cart" }).waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await context.close();
    }
  });
});
