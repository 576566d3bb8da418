import { setTimeout as sleep } from "node:timers/promises";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import { posts } from "@rose-ash/shared/models/blog.ts";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startRedis } from "../scripts/embedded-redis.ts";
import { Processes } from "../scripts/processes.ts";
import { withAppConfig } from "./app-config.ts";
import { Browser } from "./browser.ts";
import { untilItKeeps } from "./builders/caches.ts";
import { personOf, signInAs } from "./sign-in.ts";
import { openTestSite, type TestSite } from "./site.ts";
import { tools } from "./tools.ts";

const restoreConfig = withAppConfig("deadlineMs", 5_000);
const processes = new Processes();
afterAll(async () => {
  await processes.stop();
  restoreConfig();
});
const KINDS = tools.redis ? (["memory", "redis"] as const) : (["memory"] as const);

describe.each(KINDS)("pages for guests, kept in %s", (kind) => {
  let site: TestSite;
  let post: string;
  let pages: readonly string[];
  beforeAll(async () => {
    const redisUrl = kind === "redis" ? (await startRedis(processes)).url : undefined;
    site = await openTestSite(APPS, { redisUrl });
    await untilItKeeps(site.cache);
    post = site.url("blog", `/posts/${(await site.services.blog.listPosts(1)).posts[0]?.slug}`);
    const product = (await site.services.market.getShopFront()).newest[0]?.url ?? "";
    const entry = (await site.services.events.listNextEntries(1))[0]?.url ?? "";
    const homes = (["blog", "market", "events", "federation"] as const).map((app) => site.url(app, "/"));
    pages = [
      ...homes,
      post,
      product,
      entry,
      site.url("blog", "/?page=2"),
      site.url("blog", "/about"),
      site.url("market", "/categories/bread"),
    ];
  });
  afterAll(() => site.close());
  afterEach(() => vi.restoreAllMocks());
  beforeEach(async () => {
    await site.cache.purgeAll();
    await untilHeard();
  });
  /** NOTIFY takes a moment; what is near is trusted for a second. */
  const untilHeard = () => sleep(kind === "memory" ? 100 : 1_050);
  const timing = (page: { headers: Headers }) => page.headers.get("server-timing") ?? "";
  const isHit = (page: { headers: Headers }) => timing(page) === 'page;desc="hit"';
  const nobody = new Browser();

  it("are the same bytes as when they were made, and have a validator", async () => {
    for (const url of pages) {
      const made = await nobody.get(url);
      const kept = await nobody.get(url);
      expect([url, made.status, isHit(made), isHit(kept)]).toEqual([url, 200, false, true]);
      expect(kept.text).toBe(made.text);
      for (const header of ["etag", "cache-control", "vary", "content-type", "content-security-policy", "x-content-type-options"]) {
        expect([header, kept.headers.get(header)]).toEqual([header, made.headers.get(header)]);
      }
      expect(kept.headers.get("cache-control")).toBe("private, no-cache");
      expect(kept.headers.get("x-request-id")).not.toBe(made.headers.get("x-request-id"));
      expect(kept.headers.getSetCookie()).toEqual([]);
    }
  });

  it("are not sent again to who has them, kept or made anew", async () => {
    const etag = (await nobody.get(post)).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await nobody.getOnce(post, { "if-none-match": tags });
      expect([tags, answer.status, await answer.text(), answer.headers.get("etag")]).toEqual([tags, 304, "", etag]);
    }
    expect((await nobody.getOnce(post, { "if-none-match": '"other"' })).status).toBe(200);
    await site.cache.purgeTags(["posts"]);
    await untilHeard();
    const anew = await nobody.getOnce(post, { "if-none-match": etag });
    expect([anew.status, timing({ headers: anew.headers }).includes("nav-tree")]).toEqual([304, true]);
  });

  it("are for whoever takes a page, and for nobody who asks for JSON", async () => {
    const { text, headers } = await nobody.get(post);
    for (const accept of ["*/*", "text/*"]) {
      const kept = await nobody.get(post, { accept });
      expect([accept, isHit(kept), kept.text === text, kept.headers.get("etag")]).toEqual([accept, true, true, headers.get("etag")]);
      expect(kept.headers.get("vary")).toBe(headers.get("vary"));
      expect((await nobody.getOnce(post, { accept, "if-none-match": headers.get("etag") ?? "" })).status).toBe(304);
    }
    for (const accept of ["application/json", "application/activity+json, */*;q=0.1"])
      expect(isHit(await nobody.get(post, { accept }))).toBe(false);
  });

  it("are made for everybody who is known: by a session or by a device", async () => {
    for (const url of pages) await nobody.get(url);
    const lane = new Browser();
    const { newest } = await site.services.market.getShopFront();
    const product = newest.find(({ isAvailable }) => isAvailable)?.slug ?? "";
    await lane.post(site.url("market", "/cart/lines"), { product, quantity: "3", next: "/" });
    const ada = new Browser();
    await signInAs(site, ada, "ada");
    for (const url of pages) {
      for (const [browser, mark] of [
        [lane, 'data-count="3"'],
        [ada, (await personOf(site, "ada")).name],
      ] as const) {
        for (let round = 0; round < 2; round++) {
          const page = await browser.get(url);
          expect([url, isHit(page), page.text.includes(mark)]).toEqual([url, false, true]);
          expect(page.headers.get("cache-control")).toBe("private, no-store");
        }
      }
      const page = await nobody.get(url);
      expect([url, isHit(page), page.text.includes('data-count="3"'), page.text.includes("Signed in as")]).toEqual([
        url,
        true,
        false,
        false,
      ]);
    }
  });

  it("never carry the way to the editor of somebody who may edit, whoever reads first", async () => {
    const ada = new Browser();
    await signInAs(site, ada, "ada");
    for (const url of [post, site.url("blog", "/about")]) {
      const isShown = async (browser: Browser) => (await browser.get(url)).text.includes("Edit this");
      expect([url, await isShown(ada), await isShown(nobody), await isShown(ada), await isShown(nobody)]).toEqual([
        ...[url, true, false, true, false],
      ]);
      expect(isHit(await nobody.get(url))).toBe(true);
    }
  });

  it("differ by colour scheme and by address, and by nothing else of what a stranger sends", async () => {
    await nobody.get(post);
    const dark = new Browser();
    dark.plant("rose_scheme", "dark", post);
    expect(isHit(await dark.get(post))).toBe(false);
    expect((await dark.get(post)).text).toContain('data-scheme="dark"');
    expect(isHit(await nobody.get(`${post}?x=1`))).toBe(false);
    for (const value of ["purple", "DARK", '"><script>']) {
      const odd = new Browser();
      odd.plant("rose_scheme", encodeURIComponent(value), post);
      expect(isHit(await odd.get(post))).toBe(true);
    }
    const headers = {
      "x-forwarded-host": "evil.example",
      "x-page-refresh": "guess",
      "accept-language": "de",
      cookie: "rose_session=x; rose_device=y",
    };
    const page = await new Browser().get(post, { ...headers, "x-forwarded-host": new URL(post).host });
    expect([isHit(page), page.text.includes("evil")]).toEqual([true, false]);
  });

  it("are not kept where nothing is, where one must sign in, nor for programs", async () => {
    for (const url of [
      site.url("blog", "/nowhere"),
      site.url("account", "/"),
      site.url("cart", "/"),
      site.url("blog", "/auth/logout"),
      site.url("federation", "/notifications"),
    ]) {
      for (let round = 0; round < 2; round++) expect([url, isHit(await nobody.get(url))]).toEqual([url, false]);
    }
    await nobody.get(post);
    expect(isHit(await nobody.get(post, { accept: "application/json" }))).toBe(false);
    expect((await nobody.get(`${post}?${"x".repeat(600)}`)).headers.get("etag")).toBeNull();
  });

  it("follow a purge of what they show: of their own and of the frame, and of nothing else", async () => {
    await nobody.get(post);
    await site.cache.purgeTags(["calendar", "timeline", "cart:device:x", "sessions"]);
    await sleep(1_100);
    expect(isHit(await nobody.get(post))).toBe(true);
    for (const tag of ["posts", "menu", "product:rye-sourdough"] as const) {
      await site.db.update(posts).set({ title: sql`left(${posts.title}, 60) || ${` after ${tag}`}` });
      await site.cache.purgeTags([tag]);
      await expect.poll(async () => (await nobody.get(post)).text.includes(`after ${tag}`), { timeout: 1_300 }).toBe(true);
      await expect.poll(async () => isHit(await nobody.get(post))).toBe(true);
    }
  });

  it("are made by one of a hundred who ask at once", async () => {
    const [blog] = site.replicas("blog");
    const getPost = vi.spyOn((blog ?? expect.fail()).services.blog, "getPost");
    const all = await Promise.all(Array.from({ length: 100 }, () => nobody.get(post)));
    expect(new Set(all.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(getPost).toHaveBeenCalledTimes(1);
  });

  describe("past their time", () => {
    it("are served at once while one request makes them anew, and go on being served while that fails", async () => {
      const [blog] = site.replicas("blog");
      await nobody.get(post);
      const service = (blog ?? expect.fail()).services.blog;
      const getPost = vi.spyOn(service, "getPost");
      const now = Date.now();
      vi.spyOn(Date, "now").mockImplementation(() => now + 11_000);
      const stale = await Promise.all(Array.from({ length: 50 }, () => nobody.get(post)));
      expect(new Set(stale.map(timing))).toContain('page;desc="stale"');
      await expect.poll(async () => isHit(await nobody.get(post))).toBe(true);
      expect(getPost).toHaveBeenCalledTimes(1);
      getPost.mockRejectedValue(new Error("PostgreSQL is away"));
      vi.spyOn(Date, "now").mockImplementation(() => now + 25_000);
      for (let i = 0; i < 20; i++) expect((await nobody.get(post)).status).toBe(200);
      expect(timing(await nobody.get(post))).toBe('page;desc="stale"');
      expect(getPost.mock.calls.length).toBeLessThanOrEqual(3);
    });
  });
});
