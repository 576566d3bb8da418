import { afterAll, describe, expect, it } from "vitest";
import { Browser, type Page } from "./browser.ts";
import { HOSTILE, plantHostileWords } from "./builders/hostile-words.ts";
import { crawl, hrefsOf } from "./crawl.ts";
import { signInAs } from "./sign-in.ts";
import { openTestSite } from "./site.ts";

const site = await openTestSite(["blog", "market", "cart", "events", "federation", "account"]);
afterAll(() => site.close());
await plantHostileWords(site.db);
const [guest, ada] = [new Browser(), new Browser()];
const product = (await site.services.market.getShopFront()).newest.find(({ isAvailable }) => isAvailable)?.slug ?? "";
await signInAs(site, ada, "ada");
for (const browser of [guest, ada]) await browser.post(site.url("market", "/cart/lines"), { product, quantity: "2", next: "/" });

describe.each([
  ["a guest", guest],
  ["a member", ada],
])("on the pages that %s sees, what people wrote", (_who, browser) => {
  it("stays text wherever it is shown", async () => {
    const pages = await crawl(site, browser);
    for (const page of pages) {
      const status = /evil\.example|%3Cscript/.test(page.url) ? 404 : 200; // an activity's path, which is one of ours after all, of nothing
      expect([page.url, page.status, complaintsAbout(page)]).toEqual([page.url, status, []]);
    }
    const shown = new Set(pages.filter(({ text }) => text.includes("&lt;script&gt;alert(1)")).map(({ url }) => shapeOf(url)));
    const expected = [
      "blog/",
      "blog/posts/",
      "blog/tags/",
      "market/",
      "market/products/",
      "market/categories/",
      "cart/",
      "events/",
      "events/entries/",
    ];
    expect([...shown]).toEqual(expect.arrayContaining([...expected, "federation/", "account/"]));
    expect(pages.length).toBeGreaterThan(30);
  });
});

describe("the eye that looks for it", () => {
  it.each([
    "<p><script>alert(1)</script></p>",
    "<p><img src=x onerror=alert(1)></p>",
    '<p title="a" onclick="alert(1)">',
    '<p title="a" style="color: red">',
    "<p title=a' onclick='alert(1)>",
    '<a href="javascript:alert(1)">',
    '<a href="java&#9;script:alert(1)">',
    '<a class="x" href="/\\evil.example/">',
    '<a href="//evil.example/">',
    '<form action="data:text/html,x">',
    "54439",
  ])("sees %s", (text) => {
    expect(complaintsAbout({ text, url: "http://blog.rose-ash.localhost/" })).not.toEqual([]);
  });
});

describe("what stands in a request", () => {
  it.each([
    ["a notice", `/?notice=${encodeURIComponent(HOSTILE)}`],
    ["a page number", `/?page=${encodeURIComponent(HOSTILE)}`],
    ["a way back", `/auth/login?next=${encodeURIComponent(HOSTILE)}`],
    ["a failed sign-in", `/auth/callback?error=${encodeURIComponent(HOSTILE)}&state=x&iss=${encodeURIComponent(HOSTILE)}`],
    ["a path", `/${encodeURIComponent(HOSTILE)}`],
    ["a path below", `/posts/${encodeURIComponent(HOSTILE)}`],
  ])("stays text: %s", async (_what, path) => {
    expect(complaintsAbout(await new Browser().get(site.url("blog", path)))).toEqual([]);
  });

  it("stays text when a form comes back with it", async () => {
    const page = await new Browser().post(site.url("blog", "/cart/lines"), { product, quantity: HOSTILE, next: HOSTILE });
    expect(page.status).toBe(422);
    expect(page.text).toContain("&lt;script&gt;");
    expect(complaintsAbout(page)).toEqual([]);
  });

  it("stays text in a cookie", async () => {
    const page = await new Browser().get(site.url("blog", "/"), {
      cookie: `rose_scheme="><script>alert(1)</script>; rose_device=<script>`,
    });
    expect([page.status, complaintsAbout(page)]).toEqual([200, []]);
  });
});

describe("the page where one signs in", () => {
  it("names the members of the seeded site as text", async () => {
    const page = await new Browser().get(site.url("blog", "/auth/login?next=/"));
    expect(page.text).toContain("&lt;script&gt;alert(1)");
    expect(complaintsAbout(page)).toEqual([]);
  });
});

/** What of a page would be more than text: tags, handlers, addresses, or template code that was run. */
function complaintsAbout(page: Pick<Page, "text" | "url">): string[] {
  const { text } = page;
  const tags = text.replace(/="[^"]*"/g, '=""').match(/<[a-z][^>]*>/gi) ?? [];
  return [
    ...(text.match(/<script>alert.{0,30}|<img src=x.{0,30}|54439/g) ?? []),
    ...tags.filter((tag) => /\s(on[a-z]+|style)\s*=/i.test(tag) || /'/.test(tag.replace(/='[^']*'/g, ""))),
    ...hrefsOf(page).filter((href) => isDangerous(href, page.url)),
  ];
}

function isDangerous(href: string, from: string): boolean {
  const { protocol, hostname } = new URL(href, from);
  return !["http:", "https:", "mailto:", "webcal:"].includes(protocol) || hostname === "evil.example";
}

function shapeOf(url: string): string {
  const { hostname, pathname } = new URL(url);
  return `${hostname.split(".")[0]}${pathname.replace(/[^/]+$/, "")}`;
}
