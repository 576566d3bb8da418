import { setTimeout as delay } from "node:timers/promises";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import { chromium, type Page } from "playwright-core";
import type { Engine } from "./engine.ts";
import { containersOf, originOf, PAYMENTS_ORIGIN, PROOF, type Site, serviceOf, sql, visit } from "./stack.ts";

const NEWCOMER = { name: "Wren Hollis", handle: "wren-hollis", email: "wren@rose-ash.example" };
const POST = { title: "Bread for a stack", path: "/posts/bread-for-a-stack", text: "It rose in a container of its own." };

/** Runs work in a browser of its own. rules: where it finds hosts that no name server knows. */
export async function withPage<T>(work: (page: Page) => Promise<T>, rules = ""): Promise<T> {
  const args = ["--no-sandbox", `--host-resolver-rules=${rules}`];
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
  try {
    return await work(await browser.newPage({ ignoreHTTPSErrors: true })); // of hosts whose certificates are our own
  } finally {
    await browser.close();
  }
}

/** From blog, by the link in the mail, back to blog; the link's page is left to `press`. */
export async function signIn(engine: Engine, page: Page, press: () => Promise<void>, email = NEWCOMER.email, site = PROOF): Promise<void> {
  const mailsBefore = (await mailsTo(engine, email, site)).length;
  await page.goto(`${originOf(site, "blog")}/auth/login`);
  await page.getByLabel("Your mail address").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
  await page.goto(await nextLink(engine, email, site, mailsBefore));
  await press();
  await page.waitForURL(`${originOf(site, "blog")}/**`);
}

/** A guest takes a product, joins at blog by the link in the mail, and is signed in at all six with the product still in the cart. */
export function joinAcross(engine: Engine): Promise<string> {
  return withPage(async (page) => {
    await page.goto(`${originOf(PROOF, "market")}/products/rye-sourdough`);
    await page.getByRole("button", { name: "Add to cart" }).first().click();
    await signIn(engine, page, async () => {
      await page.getByLabel("Your name").fill(NEWCOMER.name);
      await page.getByRole("button", { name: "Join and sign in" }).click();
    });
    for (const app of APPS) {
      await page.goto(`${originOf(PROOF, app)}/`);
      if ((await page.getByRole("link", { name: "Sign in", exact: true }).count()) > 0) throw new Error(`not signed in at ${app}`);
    }
    await page.goto(`${originOf(PROOF, "cart")}/`);
    if (!(await page.content()).includes("Rye sourdough")) throw new Error("the guest's product is not in the member's cart");
    return `signed in at ${APPS.length} of ${APPS.length}, the guest's product still there`;
  });
}

/** The newcomer pays for the cart on the hosted page; the order is paid once, the books balance, and a receipt is there and mailed. */
export function buy(engine: Engine): Promise<string> {
  return withPage(async (page) => {
    await signIn(engine, page, () => page.getByRole("button", { name: `Sign in as ${NEWCOMER.name}` }).click());
    await page.goto(`${originOf(PROOF, "cart")}/`);
    await page.getByRole("link", { name: "To the checkout" }).click();
    await page.getByRole("button", { name: /^Order and pay/ }).click();
    await page.waitForURL(`${PAYMENTS_ORIGIN}/pay/**`);
    const mailsBefore = (await mailsTo(engine, NEWCOMER.email)).length;
    await page.getByRole("button", { name: "Pay" }).click();
    await page.getByText("Thank you. It is paid").waitFor();
    await page.getByRole("link", { name: "Receipt", exact: true }).click();
    await page.getByText("VAT within the total").waitFor();
    const paid = await sql(engine, "select count(*) from orders where status = 'paid' and created_at > now() - interval '10 minutes'");
    const unbalanced = await sql(
      engine,
      "select count(*) from (select from postings group by entry_id, currency having sum(amount_minor) <> 0) as entries",
    );
    if (paid !== "1" || unbalanced !== "0") throw new Error(`${paid} orders are paid, ${unbalanced} entries of the ledger do not balance`);
    for (let tries = 0; (await mailsTo(engine, NEWCOMER.email)).length === mailsBefore; tries++) {
      if (tries > 60) throw new Error("no mail came of the payment");
      await delay(250);
    }
    return "paid on the hosted page, one order, a receipt, a mail, books in balance";
  });
}

/** The operator makes the newcomer an admin; a post is written in the prose editor and published, and a guest reads it. */
export function publishPost(engine: Engine): Promise<string> {
  return withPage(async (page) => {
    const [account] = await containersOf(engine, "account");
    await engine.docker("exec", account ?? "", "node", "account/grant-admin.ts", NEWCOMER.handle, "Somebody has to begin");
    await signIn(engine, page, () => page.getByRole("button", { name: `Sign in as ${NEWCOMER.name}` }).click());
    await publish(page, PROOF, POST);
    const { status, body } = await visit("blog", POST.path);
    if (status !== 200 || !body.includes(POST.text)) throw new Error(`a guest gets ${status} at ${POST.path}`);
    return "written in the editor, read by a guest";
  });
}

/** An editor writes a post and publishes it. */
export async function publish(page: Page, site: Site, { title, text }: { title: string; text: string }): Promise<void> {
  await page.goto(`${originOf(site, "blog")}/admin/posts`);
  await page.getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Begin to write" }).click();
  await page.locator("[contenteditable=true]").first().click();
  await page.keyboard.type(text);
  await page.getByRole("button", { name: "Save and publish" }).click();
  await page.getByRole("link", { name: "See it as it is public" }).waitFor();
}

/** The link in the first mail after those there were. */
async function nextLink(engine: Engine, email: string, site: Site, mailsBefore: number): Promise<string> {
  for (let tries = 0; tries < 40; tries++) {
    const message = (await mailsTo(engine, email, site))[mailsBefore];
    // quoted-printable breaks lines with "=" and writes "=" as =3D (RFC 2045 §6.7)
    const text = message?.replaceAll("=\r\n", "").replaceAll("=3D", "=");
    const [link] = /https?:\/\/federation\.[^\s"<]+/.exec(text ?? "") ?? [];
    if (link !== undefined) return link;
    await delay(250);
  }
  throw new Error(`no mail for ${email} arrived`);
}

/** What the sink has taken for an address, the oldest first. */
async function mailsTo(engine: Engine, email: string, site = PROOF): Promise<string[]> {
  const lines = (await engine.docker("service", "logs", "--raw", serviceOf("mail-sink", site)))
    .split("\n")
    .filter((line) => line.startsWith("{"));
  const mails: { to: string[]; message: string }[] = lines.map((line) => JSON.parse(line));
  return mails.filter(({ to }) => to.includes(email)).map(({ message }) => message);
}
