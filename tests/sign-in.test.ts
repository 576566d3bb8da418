import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { StoredMail } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { DeviceId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { Browser, type Page } from "./browser.ts";
import { personOf, signInAs, signInPage, uidOf, whoIs } from "./sign-in.ts";
import { openTestSite } from "./site.ts";

const site = await openTestSite(["blog", "market", "federation"]);
afterAll(() => site.close());
const ada = (await personOf(site, "ada")).email ?? "";
const bilal = (await personOf(site, "bilal")).email ?? "";
let browser: Browser;
beforeEach(() => {
  browser = new Browser();
});

describe("one sign-in for the whole site", () => {
  it("goes back to the page where it began", async () => {
    const page = await signInAs(site, browser, "ada", "/auth/login?next=/tags%3Fpage%3D2");
    expect(page.url).toBe(site.url("blog", "/tags?page=2"));
    expect(await whoIs(site, browser, "blog")).toBe("ada");
  });

  it("goes back to the page with the link, when the link names none", async () => {
    const page = await browser.get(site.url("blog", "/auth/login"), { referer: site.url("blog", "/about?from=menu") });
    const [person] = await site.services.identity.listPeople();
    const back = await browser.post(site.url("federation", `/sign-in/${uidOf(page)}/as`), { user: String(person?.userId) });
    expect(back.url).toBe(site.url("blog", "/about?from=menu"));
  });

  it("signs in silently at the next app, once and without a question", async () => {
    await signInAs(site, browser, "ada");
    const market = await browser.get(site.url("market", "/"));
    expect(market.status).toBe(200);
    expect(market.url).toBe(site.url("market", "/"));
    expect(market.hops.length).toBe(5); // page, /auth/login, provider, /auth/callback, page
    expect(await whoIs(site, browser, "market")).toBe("ada");
  });

  it("also in a browser that sends no Sec-Fetch headers", async () => {
    await signInAs(site, browser, "ada");
    await browser.get(site.url("market", "/"), { "sec-fetch-dest": "" });
    const plain = await fetch(site.url("market", "/"), {
      redirect: "manual",
      headers: { accept: "text/html", cookie: `rose_device=${browser.value("rose_device", site.url("market", "/"))}` },
    });
    expect(plain.status).toBe(302);
    expect(plain.headers.get("location")).toBe("/auth/login?silent=1&next=%2F");
  });

  it.each([
    ["a picture", { "sec-fetch-dest": "image" }],
    ["a frame", { "sec-fetch-dest": "iframe" }],
    ["a script's request", { "hx-request": "true" }],
    ["a prefetch", { "sec-purpose": "prefetch" }],
  ])("is not tried for %s", async (_what, headers) => {
    await signInAs(site, browser, "ada");
    expect((await browser.getOnce(site.url("market", "/"), headers)).status).toBe(200);
  });

  it("leaves a guest, and does not ask again, when the provider knows nobody", async () => {
    await signInAs(site, browser, "ada");
    browser.forget("rose_provider");
    const first = await browser.get(site.url("market", "/"));
    expect(first.status).toBe(200);
    expect(first.hops.length).toBe(5);
    const second = await browser.get(site.url("market", "/"));
    expect(second.hops.length).toBe(1);
    expect(await whoIs(site, browser, "market")).toBeNull();
  });

  it("signs in each of several tabs that are opened at the same moment", async () => {
    await signInAs(site, browser, "ada");
    const tabs = await Promise.all([1, 2, 3].map(() => browser.get(site.url("market", "/"))));
    expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await whoIs(site, browser, "market")).toBe("ada");
  });

  it("works at the provider's own app as well", async () => {
    const uid = uidOf(await browser.get(site.url("federation", "/auth/login?next=/")));
    const { userId } = await personOf(site, "ada");
    await browser.post(site.url("federation", `/sign-in/${uid}/as`), { user: String(userId) });
    expect(await whoIs(site, browser, "federation")).toBe("ada");
  });

  it("brings along what the guest had put into the cart", async () => {
    const { userId } = await personOf(site, "carys");
    const secret = randomBytes(16).toString("base64url");
    browser.plant("rose_device", secret, site.url("blog", "/"), "rose-ash.localhost");
    const deviceId = hashToken(secret) as DeviceId;
    const before = await site.services.cart.getSummary({ kind: "member", userId });
    const { rows } = await site.db.execute<{ slug: string }>(sql`select slug from products where stock > 9 order by id limit 1`);
    await site.db.transaction(async (tx) => {
      await site.services.identity.keepDevice(tx, deviceId);
      await site.services.cart.addLine(tx, { kind: "device", deviceId }, { productSlug: rows[0]?.slug ?? "", quantity: 2 });
    });
    await signInAs(site, browser, "carys");
    expect((await site.services.cart.getSummary({ kind: "member", userId })).count).toBe(before.count + 2);
    expect((await site.services.cart.getSummary({ kind: "device", deviceId })).count).toBe(0);
  });

  it("keeps pages of a member out of every cache", async () => {
    await signInAs(site, browser, "ada");
    expect((await browser.get(site.url("blog", "/"))).headers.get("cache-control")).toBe("private, no-store");
  });

  it("belongs to one person at a time: who signs in next in this browser ends the sign-in before, in every app", async () => {
    await signInAs(site, browser, "ada");
    await browser.get(site.url("market", "/"));
    browser.forget("rose_provider");
    browser.forget("rose_session", "blog.rose-ash.localhost");
    await signInAs(site, browser, "bilal");
    expect(await whoIs(site, browser, "blog")).toBe("bilal");
    expect(await whoIs(site, browser, "market")).not.toBe("ada");
  });

  it("also when the two sign-ins were begun side by side in two tabs", async () => {
    const [first, second] = [uidOf(await signInPage(site, browser)), uidOf(await signInPage(site, browser))];
    const [one, other] = [await personOf(site, "ada"), await personOf(site, "bilal")];
    await browser.post(site.url("federation", `/sign-in/${first}/as`), { user: String(one.userId) });
    expect(await whoIs(site, browser, "blog")).toBe("ada");
    expect((await browser.post(site.url("federation", `/sign-in/${second}/as`), { user: String(other.userId) })).status).toBe(200);
    expect(await whoIs(site, browser, "blog")).toBe("bilal");
  });
});

describe("signing out", () => {
  it("anywhere signs out everywhere, at the next request, and gives a fresh device", async () => {
    await signInAs(site, browser, "ada");
    await browser.get(site.url("market", "/"));
    const device = browser.value("rose_device", site.url("blog", "/"));
    const copies = [...browser.cookies];
    const page = await browser.post(site.url("market", "/auth/logout"));
    expect(page.url).toBe(site.url("market", "/"));
    expect(browser.value("rose_device", site.url("blog", "/"))).toBeUndefined();
    expect(await whoIs(site, browser, "blog")).toBeNull();
    const thief = new Browser(); // who kept the cookies is nobody as well
    thief.cookies.push(...copies);
    for (const app of ["blog", "market", "federation"] as const) expect(await whoIs(site, thief, app)).toBeNull();
    expect((await thief.get(site.url("blog", "/auth/login"))).url).toContain("/sign-in/");
    expect(device).toBeDefined();
  });

  it("leaves the same person's other browser alone", async () => {
    const other = new Browser();
    await signInAs(site, browser, "ada");
    await signInAs(site, other, "ada");
    await browser.post(site.url("blog", "/auth/logout"));
    expect(await whoIs(site, other, "blog")).toBe("ada");
  });

  it("is not done by a link, and not by another site's form", async () => {
    await signInAs(site, browser, "ada");
    await browser.get(site.url("blog", "/auth/logout"));
    const forged = await browser.post(
      site.url("blog", "/auth/logout"),
      {},
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    );
    expect(forged.status).toBe(403);
    expect(await whoIs(site, browser, "blog")).toBe("ada");
  });
});

describe("the magic link", () => {
  it("signs in with one press in the browser that asked for it, and never by being opened", async () => {
    const link = await askForLink(ada);
    await browser.get(link);
    const page = await browser.get(link);
    expect(page.text).toMatch(/Sign in as Ada/);
    expect(await whoIs(site, browser, "blog")).toBeNull();
    const back = await browser.post(link);
    expect(back.url).toBe(site.url("blog", "/"));
    expect(await whoIs(site, browser, "blog")).toBe("ada");
  });

  it("is used up by it", async () => {
    const link = await askForLink(ada);
    await browser.post(link);
    expect((await browser.get(link)).status).toBe(410);
  });

  it("shows a code in another browser, good only where the sign-in began", async () => {
    const link = await askForLink(ada);
    const phone = new Browser();
    const shown = await phone.get(link);
    expect(shown.text).not.toContain("Sign in as");
    expect((await phone.post(link)).status).toBe(403);
    const code = /\b([B-Z]{4} [B-Z]{4})\b/.exec(shown.text)?.[1] ?? "";
    const page = await browser.post(`${startOf(link)}/code`, { code: code.toLowerCase().replace(" ", "-") });
    expect(page.url).toBe(site.url("blog", "/"));
    expect(await whoIs(site, browser, "blog")).toBe("ada");
    expect(await whoIs(site, phone, "blog")).toBeNull();
  });

  it("ends after five wrong codes, also for the right one", async () => {
    const link = await askForLink(ada);
    const code = /\b([B-Z]{4} [B-Z]{4})\b/.exec((await new Browser().get(link)).text)?.[1] ?? "";
    const wrong = code === "BBBB BBBB" ? "CCCC CCCC" : "BBBB BBBB";
    for (let i = 0; i < 5; i += 1) expect((await browser.post(`${startOf(link)}/code`, { code: wrong })).status).toBe(422);
    expect((await browser.post(`${startOf(link)}/code`, { code })).status).toBe(422);
    expect(await whoIs(site, browser, "blog")).toBeNull();
  });

  it("lets in once, however many press at the same moment", async () => {
    const link = await askForLink(ada);
    const answers = await Promise.all([1, 2, 3, 4].map(() => browser.postOnce(link)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410]);
  });

  it("makes a member of a new address, who says a name", async () => {
    const link = await askForLink("zoe@example.org");
    expect((await browser.get(link)).text).toContain("Your name");
    expect((await browser.post(link, { name: "  " })).status).toBe(422);
    const page = await browser.post(link, { name: "Zoë O’Brien" });
    expect(page.url).toBe(site.url("blog", "/"));
    expect(await whoIs(site, browser, "blog")).toBe("zoe-o-brien");
  });

  it("asks the name after a code as well", async () => {
    const link = await askForLink("yan@example.org");
    const code = /\b([B-Z]{4} [B-Z]{4})\b/.exec((await new Browser().get(link)).text)?.[1] ?? "";
    const page = await browser.post(`${startOf(link)}/code`, { code });
    expect(page.url).toBe(`${startOf(link)}/join`);
    const back = await browser.post(page.url, { name: "<b>Yan</b>" });
    expect(back.url).toBe(site.url("blog", "/"));
    expect(back.text).not.toContain("<b>Yan</b>");
    expect(await whoIs(site, browser, "blog")).toBe("b-yan-b");
  });

  it("gives nobody a name page who has proved no address", async () => {
    const uid = uidOf(await signInPage(site, browser));
    expect((await browser.post(site.url("federation", `/sign-in/${uid}/join`), { name: "Mallory" })).url).toBe(
      site.url("federation", `/sign-in/${uid}`),
    );
  });

  it("answers known and unknown addresses alike, and misspelt ones with the form", async () => {
    const known = await ask(bilal);
    const unknown = await ask("nobody@example.org");
    expect(known.text.replaceAll(uidOf(known), "")).toBe(unknown.text.replaceAll(uidOf(unknown), ""));
    const wrong = await browser.post(startOf(unknown.url), { email: "<script>@" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("&lt;script&gt;@");
  });

  it("is sent to one mailbox five times in a quarter of an hour, which leaves its owner elsewhere some", async () => {
    await site.db.execute("delete from rate_limits");
    const uid = uidOf(await signInPage(site, browser));
    const url = site.url("federation", `/sign-in/${uid}`);
    const statuses = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await browser.post(url, { email: "chidi@example.org" })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const { rows } = await site.db.execute("select hits from rate_limits where key like 'sign-in email %'");
    expect(rows).toEqual([{ hits: 5 }]); // of 15: what was refused does not count for the mailbox
  });
});

async function ask(email: string): Promise<Page> {
  const uid = uidOf(await signInPage(site, browser));
  return browser.post(site.url("federation", `/sign-in/${uid}`), { email });
}

/** The link that was mailed to this address last. */
async function askForLink(email: string): Promise<string> {
  await site.db.execute("delete from rate_limits");
  await ask(email);
  const mails = readdirSync(site.mailDir).sort().reverse();
  const read = mails.map((name): StoredMail => JSON.parse(readFileSync(join(site.mailDir, name), "utf8")));
  const text = read.find(({ to }) => to === email)?.text ?? "";
  return /http\S+/.exec(text)?.[0] ?? "";
}

const startOf = (link: string) => link.replace(/\/(link\/.*|sent)$/, "");
