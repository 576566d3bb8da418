import { createRequire } from "node:module";
import { sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import type { LexicalDocument, LexicalNode } from "@rose-ash/shared/models/document.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aDocument, card, heading, link, list, paragraph, words } from "./fixtures.ts";
import { Renderer } from "./renderer.ts";

const PATIENCE_MS = 120_000; // a start takes a second, and many on a busy machine
vi.setConfig({ testTimeout: PATIENCE_MS });

const renderer = new Renderer(() => {}, { taskMs: PATIENCE_MS });
beforeAll(() => renderer.render(aDocument()), PATIENCE_MS);
afterAll(() => renderer.close());

async function rendered(document: LexicalDocument) {
  const result = await renderer.render(document);
  if (result.kind === "refused") throw new Error(result.message);
  return result.rendered;
}

/** Koenig's renderer as it comes, without anything of ours. */
const require = createRequire(import.meta.url);
const { LexicalHTMLRenderer } = require("@tryghost/kg-lexical-html-renderer");
const { DEFAULT_NODES } = require("@tryghost/kg-default-nodes");
const koenig: (document: LexicalDocument) => Promise<string> = (document) =>
  new LexicalHTMLRenderer({ nodes: DEFAULT_NODES }).render(JSON.stringify(document), {});

const picture = { src: "/media/ab/loaf.webp", alt: "A loaf", caption: "By <b>Ada</b>", width: 1200, height: 800, cardWidth: "wide" };

describe("a rendered document", () => {
  it.each<[string, LexicalNode[]]>([
    [
      "text",
      [paragraph("Flour & ", words("water", 1), words("salt", 2), link("https://oak.example/a?b=1&c=2", "oak")), list("one", "two")],
    ],
    ["headings and quotes", [heading("h2", "Crust"), heading("h3", "Crust"), { ...paragraph("Wise."), type: "extended-quote" }]],
    ["a picture", [card("image", picture)]],
    ["a gallery", [card("gallery", { caption: "Two", images: [picture, picture].map((one, row) => ({ ...one, row, fileName: "a" })) })]],
    ["code", [card("codeblock", { code: "if (a < b) {}", language: "ts", caption: "Why" })]],
    ["markdown", [card("markdown", { markdown: "A *note*[^1].\n\n[^1]: Here.\n\n|a|b|\n|-|-|\n|1|2|" })]],
    ["a callout", [card("callout", { calloutText: "<p>Hot <b>oven</b></p>", calloutEmoji: "🔥", backgroundColor: "red" })]],
    ["a button", [card("button", { buttonText: "Join", buttonUrl: "/join", alignment: "left" })]],
    ["a line", [card("horizontalrule", {})]],
  ])("of %s is what Koenig makes of it, sanitised", async (_what, nodes) => {
    const document = aDocument(paragraph("Before."), ...nodes, paragraph("After."));
    const { html } = await rendered(document);
    expect(html).toBe(sanitiseHtml(await koenig(document)));
    expect(html).toMatch(/^<p>Before\.<\/p>.+<p>After\.<\/p>$/s);
  });

  it("leads each footnote of several Markdown cards to its own note, and back", async () => {
    const note = (words: string) =>
      card("markdown", { markdown: `See[^a] and again[^a], and[^b].\n\n[^a]: ${words} a.\n[^b]: ${words} b.` });
    const { html } = await rendered(aDocument(note("First"), paragraph("Between."), note("Second"), note("Third")));
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(3 * 5); // three ways in and two notes in each
    const links = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.toSorted()).toEqual(expect.arrayContaining(["fn1", "fnref1", "fnref1:1", "fn1-2", "fnref1-2:1", "fn2-3"]));
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    expect(html).toMatch(/<li id="fn1-2" class="footnote-item"><p>Second a\./);
  });

  it("leaves the notes of HTML that somebody wrote as they are", async () => {
    const written = card("html", {
      html: '<p>x<sup class="footnote-ref"><a href="#fn1" id="fnref1">1</a></sup></p><ol><li id="fn1">Mine</li></ol>',
    });
    const { html } = await rendered(aDocument(card("markdown", { markdown: "A[^1].\n\n[^1]: Here." }), written));
    expect(html.match(/ id="fn1"/g)).toHaveLength(1);
    expect(html).toContain('<a href="#fn1-2" id="fnref1-2">');
  });

  it.each<[string, LexicalNode, string]>([
    [
      "a toggle opens without a script",
      card("toggle", { heading: "Why?", content: "<p>Because.</p>" }),
      '<details class="kg-card kg-toggle-card"><summary>Why?</summary><p>Because.</p></details>',
    ],
    [
      "a sound has the browser's own player",
      card("audio", { src: "/media/ab/song.mp3", title: "Bread <song>", duration: 60 }),
      '<figure class="kg-card kg-audio-card"><audio controls preload="none" src="/media/ab/song.mp3"></audio><figcaption>Bread &lt;song&gt;</figcaption></figure>',
    ],
    [
      "a film from elsewhere is not asked for",
      card("video", { src: "https://evil.example/v.mp4", caption: "A film", width: 640, height: 360 }),
      '<figure class="kg-card kg-video-card"><figcaption>A film</figcaption></figure>',
    ],
    [
      "a film has its size before it comes",
      card("video", { src: "/media/ab/v.mp4", width: 640, height: 360, thumbnailSrc: "/media/ab/v.jpg" }),
      '<figure class="kg-card kg-video-card"><video controls playsinline preload="metadata" width="640" height="360" poster="/media/ab/v.jpg" src="/media/ab/v.mp4"></video></figure>',
    ],
    [
      "a file says what it is",
      card("file", {
        src: "/media/ab/plan.pdf",
        fileTitle: "The plan",
        fileCaption: "For spring",
        fileName: "plan.pdf",
        fileSize: 123_456,
      }),
      '<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="/media/ab/plan.pdf" download="plan.pdf">The plan</a><p class="kg-file-card-caption">For spring</p><p class="kg-file-card-metadata">plan.pdf, 123 kB</p></div>',
    ],
    [
      "an embed is a link, and its frame stays out",
      card("embed", {
        url: "https://video.example/w?v=1",
        html: '<iframe src="https://video.example/"></iframe>',
        metadata: { title: "How to fold", provider_name: "Video" },
      }),
      '<figure class="kg-card kg-embed-card"><a class="kg-bookmark-container" href="https://video.example/w?v=1" rel="noopener noreferrer">How to fold</a><p class="kg-bookmark-metadata">Video</p></figure>',
    ],
    [
      "a bookmark has its words without its pictures",
      card("bookmark", {
        url: "https://oak.example/",
        metadata: { title: "Oak", description: "Wood", publisher: "The Oak", icon: "https://oak.example/i.png" },
      }),
      '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://oak.example/" rel="noopener noreferrer">Oak</a><p class="kg-bookmark-description">Wood</p><p class="kg-bookmark-metadata">The Oak</p></figure>',
    ],
    [
      "an html card holds what has no card of its own",
      card("html", { html: "<table><tbody><tr><td>6</td></tr></tbody></table>" }),
      "<table><tbody><tr><td>6</td></tr></tbody></table>",
    ],
    ["an html card loses its script", card("html", { html: '<b onclick="alert(1)">x</b><script>alert(1)</script>' }), "<b>x</b>"],
    [
      "what only members may see is nobody's here",
      card("html", {
        html: "secret",
        visibility: { web: { nonMember: false, memberSegment: "status:-free" }, email: { memberSegment: "" } },
      }),
      "",
    ],
    ["what is for mail alone stays out", card("email", { html: "<p>Dear Ada</p>" }), ""],
    ["a link that is a script leads nowhere", paragraph(link("javascript:alert(1)", "x")), "<p><a>x</a></p>"],
  ])("%s", async (_what, node, html) => {
    const document = aDocument(paragraph("Before."), node, paragraph("After."));
    expect((await rendered(document)).html).toBe(`<p>Before.</p>${html}<p>After.</p>`);
  });

  it("comes with its plain text, the number of words, its headings and its media", async () => {
    const text = await rendered(
      aDocument(
        heading("h2", "Crust & crumb"),
        paragraph("Two words."),
        heading("h3", "Crust & crumb"),
        card("image", picture),
        card("file", { src: "/media/ab/plan.pdf", fileName: "plan.pdf" }),
      ),
    );
    expect(text.plaintext).toBe("Crust & crumb Two words. Crust & crumb By Ada plan.pdf plan.pdf");
    expect(text.wordCount).toBe(12);
    expect(text.headings).toEqual([
      { level: 2, id: "crust-crumb", text: "Crust & crumb" },
      { level: 3, id: "crust-crumb-1", text: "Crust & crumb" },
    ]);
    expect(text.mediaUrls).toEqual(["/media/ab/loaf.webp", "/media/ab/plan.pdf"]);
  });

  it("shows a note for a node that this site does not know, and all that follows; the document keeps the node", async () => {
    const table = { type: "table", version: 3, rows: [["6", "loaves"]] };
    const document = aDocument(table, paragraph("A ", { type: "mention", handle: "ada" }, " b"), list("one"), paragraph("After."));
    const before = structuredClone(document);
    const result = await renderer.render(document);
    expect(result).toMatchObject({ kind: "rendered", document: before, rendered: { unknownTypes: ["table", "mention"] } });
    expect(result.kind === "rendered" && result.rendered.html).toBe(
      '<div class="kg-card kg-unknown-card"><p>A part of this text (“table”) can’t be shown here.</p></div>' +
        "<p>A A part of this text (“mention”) can’t be shown here. b</p><ul><li>one</li></ul><p>After.</p>",
    );
  });

  it("of nothing is nothing", async () => {
    expect(await rendered(aDocument())).toEqual({ html: "", plaintext: "", wordCount: 0, headings: [], mediaUrls: [], unknownTypes: [] });
  });
});

describe("HTML as a document", () => {
  it.each([
    [
      "text",
      '<h2 id="crust">Crust</h2><p>Flour &amp; <em>water</em>, <a href="/join">join</a>.</p><ul><li>one</li></ul><hr /><pre><code>x</code></pre>',
    ],
    ["a table between words", "<p>Before.</p><table><tbody><tr><td>6</td></tr></tbody></table><p>After.</p>"],
    ["a quote with its source", "<blockquote><p>Wise.</p><cite>Ada</cite></blockquote>"],
    [
      "terms, marks and a toggle",
      "<dl><dt>a</dt><dd>b</dd></dl><p><mark>m</mark> <kbd>k</kbd></p><details><summary>S</summary>x</details>",
    ],
    [
      "footnotes",
      '<p>Note<sup class="footnote-ref"><a href="#fn1" id="fnref1">1</a></sup></p><section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item">Here</li></ol></section>',
    ],
  ])("and back is the same %s", async (_what, html) => {
    const converted = await renderer.fromHtml(html);
    if (converted.kind === "refused") throw new Error(converted.message);
    expect((await rendered(converted.document)).html).toBe(html);
  });

  it("keeps a picture, and every word that stands bare", async () => {
    const converted = await renderer.fromHtml(
      'bare <b>words</b><figure><img src="/media/a.svg" alt="A" width="12" height="8"><figcaption>cap</figcaption></figure>tail<script>alert(1)</script>',
    );
    if (converted.kind === "refused") throw new Error(converted.message);
    const { html, plaintext } = await rendered(converted.document);
    expect(html).toMatch(/<img src="\/media\/a\.svg" [^>]*alt="A"/);
    expect(plaintext).toBe("bare words cap tail");
  });
});
