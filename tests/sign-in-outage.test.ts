import { afterAll, expect, it } from "vitest";
import { Browser } from "./browser.ts";
import { signInAs, signInPage, uidOf, whoIs } from "./sign-in.ts";
import { openTestSite } from "./site.ts";

const site = await openTestSite(["blog", "market"]); // federation comes up late
afterAll(() => site.close());

const browser = new Browser();

it("serves guests while federation is not up yet, and says so to who wants to sign in", async () => {
  expect((await browser.get(site.url("blog", "/"))).status).toBe(200);
  const page = await browser.get(site.url("blog", "/auth/login?next=/about"));
  expect(page.status).toBe(503);
  expect(page.text).toContain("Sign-in is away for a moment");
  expect(page.text).toContain('href="/about"');
  expect(page.headers.get("cache-control")).toBe("no-store");
});

it("signs in as soon as it is there, without a restart of the others", async () => {
  await site.start("federation");
  await signInAs(site, browser, "ada");
  expect(await whoIs(site, browser, "blog")).toBe("ada");
});

it("keeps members signed in when it goes away, and tries nobody silently", async () => {
  await site.stop("federation");
  expect((await browser.get(site.url("blog", "/"))).status).toBe(200);
  expect(await whoIs(site, browser, "blog")).toBe("ada");
  const market = await browser.get(site.url("market", "/"));
  expect(market.status).toBe(200);
  expect(market.hops.length).toBe(1);
});

it("signs out everywhere without it", async () => {
  expect((await browser.post(site.url("blog", "/auth/logout"))).status).toBe(200);
  expect(await whoIs(site, browser, "blog")).toBeNull();
  await site.start("federation");
  expect((await browser.get(site.url("blog", "/auth/login"))).url).toContain("/sign-in/"); // the provider forgot, too
});

it("says so when it goes away between the sign-in and the way back", async () => {
  const late = new Browser();
  const [person] = await site.services.identity.listPeople();
  const uid = uidOf(await signInPage(site, late, "/auth/login?next=/about"));
  const done = await late.postOnce(site.url("federation", `/sign-in/${uid}/as`), { user: String(person?.userId) });
  const resumed = await late.getOnce(done.headers.get("location") ?? "");
  await site.stop("federation");
  const page = await late.get(resumed.headers.get("location") ?? "");
  expect(page.status).toBe(503);
  expect(page.text).toContain('href="/auth/login?next=%2Fabout"');
  expect(await whoIs(site, late, "blog")).toBeNull();
});
