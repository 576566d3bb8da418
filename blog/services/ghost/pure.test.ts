import { describe, expect, it } from "vitest";
import { escapeHtml } from "../../../shared/infrastructure/templating/escape.ts";
import { filesIn, mapOurPaths, withFiles, withOrigin, withoutOrigin } from "./addresses.ts";
import { adminToken } from "./admin-token.ts";
import { plain } from "./captions.ts";
import { digest } from "./digest.ts";
import { unwrapForeign, wrapForeign } from "./foreign-nodes.ts";
import { ghostSettings } from "./settings.ts";

const GHOST = "https://ghost.example";

it("a caption comes back from Ghost in the words that went there", () => {
  const words = `Ada's "old" oven: 1 < 2 & 3 > 2, &quot; &amp;#34;`;
  expect(plain(escapeHtml(words))).toBe(words);
});

describe("addresses", () => {
  it("stand as Ghost stores them, and only those of its own site", () => {
    const text = { url: `${GHOST}/about/`, html: `<a href="${GHOST}">x</a> ${GHOST}.evil.example ${GHOST}x/`, list: [GHOST] };
    const stored = {
      url: "__GHOST_URL__/about/",
      html: `<a href="__GHOST_URL__">x</a> ${GHOST}.evil.example ${GHOST}x/`,
      list: ["__GHOST_URL__"],
    };
    expect(withoutOrigin(text, GHOST)).toEqual(stored);
    expect(withOrigin(stored, GHOST)).toEqual(text);
  });

  it("of files are found in cards and in HTML, and changed where the file is known", () => {
    const src = "__GHOST_URL__/content/images/2026/11/rye.png";
    const document = { src, html: `<img src="${src}"><a href="__GHOST_URL__/content/files/menu.pdf">menu</a>` };
    expect(filesIn(document)).toEqual([src, "__GHOST_URL__/content/files/menu.pdf"]);
    expect(withFiles(document, new Map([[src, "/media/a.png"]])).html).toContain('<img src="/media/a.png">');
    expect(withFiles(document, new Map()).src).toBe(src);
  });

  it("of this site are changed where they are addresses, and nowhere in words", () => {
    const document = { src: "/media/a.png", text: "/media/a.png", url: "//cdn.example/x", html: `<a href="/posts/rye">/posts/rye</a>` };
    expect(mapOurPaths(document, (path) => `https://blog.example${path}`)).toEqual({
      src: "https://blog.example/media/a.png",
      text: "/media/a.png",
      url: "//cdn.example/x",
      html: `<a href="https://blog.example/posts/rye">/posts/rye</a>`,
    });
  });
});

describe("a digest", () => {
  it("is the same whatever the order of keys, and another for another order of a list", () => {
    expect(digest({ a: 1, b: [1, { c: 2, d: 3 }] })).toBe(digest({ b: [1, { d: 3, c: 2 }], a: 1 }));
    expect(digest([1, 2])).not.toBe(digest([2, 1]));
  });
});

describe("a node that Ghost does not know", () => {
  const known = (type: string) => type !== "hologram";
  const inside = { type: "paragraph", children: [{ type: "hologram", secret: `"quoted" </div>` }] };
  const document = { root: { type: "root", children: [{ type: "paragraph", children: [] }, inside] } };

  it("goes inside of an html card with the block that it stands in, and comes back the same", () => {
    const wrapped = wrapForeign(document, known);
    expect(wrapped.root.children?.map(({ type }) => type)).toEqual(["paragraph", "html"]);
    expect(unwrapForeign(wrapped)).toEqual(document);
  });

  it("is no longer one when somebody changed the card", () => {
    const card = { type: "html", html: `<div data-kept-node="bm9wZQ">` };
    expect(unwrapForeign({ root: { type: "root", children: [card] } }).root.children).toEqual([card]);
  });
});

describe("a token for the Admin API", () => {
  it("is for five minutes at most, for /admin/, under the key's name", () => {
    const now = new Date("2026-11-26T12:00:00Z");
    const [head = "", payload = ""] = adminToken({ keyId: "abc", keySecret: Buffer.from("00ff", "hex") }, now)
      .split(".")
      .map((part) => Buffer.from(part, "base64url").toString("latin1"));
    expect(JSON.parse(head)).toEqual({ alg: "HS256", typ: "JWT", kid: "abc" });
    const { iat, exp, aud } = JSON.parse(payload);
    expect([iat, aud]).toEqual([now.getTime() / 1000, "/admin/"]);
    expect(exp - iat).toBeLessThanOrEqual(300);
  });
});

describe("the settings", () => {
  it("are address and key together, or neither", () => {
    const none = { GHOST_URL: undefined, GHOST_ADMIN_KEY: undefined, GHOST_WEBHOOK_SECRET: undefined };
    expect(ghostSettings(none as never)).toBeNull();
    expect(() => ghostSettings({ ...none, GHOST_URL: GHOST } as never)).toThrow("belong together");
    expect(ghostSettings({ ...none, GHOST_URL: `${GHOST}/`, GHOST_ADMIN_KEY: `${"a".repeat(24)}:${"0".repeat(64)}` } as never)?.url).toBe(
      GHOST,
    );
  });
});
