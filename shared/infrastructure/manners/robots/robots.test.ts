import { describe, expect, it } from "vitest";
import { crawlDelayOf, MAX_ROBOTS_BYTES, mayFetch, parseRobots, robotsOf } from "../index.ts";

const AGENT = "RoseAshShop";
const may = (body: string, path: string, agent = AGENT) => mayFetch(parseRobots(body), agent, `https://mill.example${path}`);

describe("robots.txt, RFC 9309", () => {
  it("lets the longest matching rule decide, and allows where two are as long", () => {
    const body = "User-agent: *\nDisallow: /shop\nAllow: /shop/flour\nDisallow: /eggs\nAllow: /eggs";
    expect(may(body, "/shop/oats")).toBe(false);
    expect(may(body, "/shop/flour/rye")).toBe(true);
    expect(may(body, "/eggs")).toBe(true);
  });

  it("takes the groups that name the agent together, and those for everybody only where there are none", () => {
    const body = "User-agent: *\nDisallow: /\n\nUser-agent: roseashshop\nDisallow: /a\n\nUser-agent: RoseAshShop/1.0\nDisallow: /b";
    expect(may(body, "/c")).toBe(true);
    expect(may(body, "/a")).toBe(false);
    expect(may(body, "/b")).toBe(false);
    expect(may(body, "/c", "Other")).toBe(false);
  });

  it("knows * and $, escapes in either case, and letters beyond ASCII", () => {
    const body = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /mehl/wei%c3%9f\nDisallow: /käse";
    expect(may(body, "/list.pdf")).toBe(false);
    expect(may(body, "/list.pdf?x")).toBe(true);
    expect(may(body, "/mehl/wei%C3%9F")).toBe(false);
    expect(may(body, "/k%C3%A4se")).toBe(false);
  });

  it("reads what people really write: a BOM, CR, no colon, typing errors, notes, other lines", () => {
    expect(may("\ufeffuser-agent *\rDisalow /x # not yet\rCrawl-delay: 5\rNoindex: /y", "/x")).toBe(false);
    expect(may("<html>not found</html>", "/x")).toBe(true);
  });

  it("gives the sitemaps of the whole file and the agent's delay", () => {
    const robots = parseRobots(
      "Sitemap: https://mill.example/a.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow:\nSitemap: https://mill.example/b.xml",
    );
    expect(robots.sitemaps).toEqual(["https://mill.example/a.xml", "https://mill.example/b.xml"]);
    expect(crawlDelayOf(robots, AGENT)).toBe(2.5);
    expect(crawlDelayOf(parseRobots("User-agent: *\nCrawl-delay: soon"), AGENT)).toBeNull();
  });

  it("allows everything when there is none (4xx), and nothing when the server fails or nobody answers", () => {
    const allows = (status: number | null) =>
      mayFetch(robotsOf({ status, body: "User-agent: *\nDisallow: /x" }), AGENT, "https://mill.example/y");
    expect([200, 403, 404, 500, 503, null].map(allows)).toEqual([true, true, true, false, false, false]);
  });

  it("reads 500 KiB of ten megabytes, and matches hostile patterns in no time", () => {
    const began = performance.now();
    const huge = `User-agent: *\nDisallow: /${"a".repeat(MAX_ROBOTS_BYTES)}\nDisallow: /late\n${"x".repeat(10_000_000)}`;
    expect(may(huge, "/late")).toBe(true);
    expect(may(`User-agent: *\nDisallow: /${"a*".repeat(8000)}b$`, `/${"a".repeat(60_000)}c`)).toBe(true);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
