import { describe, expect, it } from "vitest";
import { sanitiseHtml } from "../../../shared/infrastructure/sanitise-html.ts";
import { mailHtml } from "./mail-html.ts";
import { mailText } from "./mail-text.ts";

const at = { origin: "https://blog.coop.example", url: "https://account.coop.example/letters/house/1" };
const html = (text: string) => mailHtml(sanitiseHtml(text), at);
const text = (words: string) => mailText(sanitiseHtml(words), at.origin);

describe("a text as mail programs show it", () => {
  it("has its styles in the tags, whole addresses, and no class", () => {
    const mail = html(
      '<h2 id="x">Bread</h2><p class="lead">Warm. <a href="/posts/rye">More</a></p><img src="/media/ab/loaf.jpg" alt="A loaf" width="1200">',
    );
    expect(mail).toMatch(
      /^<h2 style="[^"]+">Bread<\/h2><p style="[^"]+">Warm\. <a href="https:\/\/blog\.coop\.example\/posts\/rye" style="[^"]+">More<\/a><\/p>/,
    );
    expect(mail).toContain('<img src="https://blog.coop.example/media/ab/loaf.jpg" alt="A loaf" width="560"');
    expect(mail).not.toMatch(/class=|id=/);
  });

  it("opens what opens by a click, and links to what plays", () => {
    const card = html(
      '<details class="kg-card kg-toggle-card"><summary>Why?</summary><p>Because.</p></details><video src="/media/oven.mp4" controls>old</video>',
    );
    expect(card).toContain("Why?");
    expect(card).toContain("Because.");
    expect(card).not.toMatch(/details|summary|video|old/);
    expect(card).toContain(`<a href="${at.url}"`);
  });

  it.each([
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<p style="background:url(https://evil.example)">x</p>',
    "<iframe src=https://evil.example></iframe>",
    '<svg onload="alert(1)"></svg>',
    '<a href="https://a.example/?a=%22%3E%3Cscript%3E">x</a>',
    "<p title='\"><script>alert(1)</script>'>x</p>",
  ])("keeps nothing of %s that runs or asks", (hostile) => {
    expect(html(hostile)).not.toMatch(/<script|onerror=|onload=|javascript:|evil\.example|<iframe|<svg/i);
  });
});

describe("a text without markup", () => {
  it("underlines headings, makes lists, quotes and numbers, and says where links lead", () => {
    const words = text(
      '<h2>Bread</h2><p>Warm &amp; <a href="/posts/rye">rye</a>.</p><ul><li>flour</li><li>water<ul><li>warm</li></ul></li></ul><ol start="3"><li>knead</li></ol><blockquote><p>Good.</p></blockquote><hr>',
    );
    expect(words).toBe(
      "Bread\n=====\n\nWarm & rye <https://blog.coop.example/posts/rye>.\n\n- flour\n- water\n  - warm\n\n3. knead\n\n> Good.\n\n* * *".replace(
        "\n\n3.",
        "\n3.",
      ),
    );
  });

  it("breaks lines at 72, and never an address", () => {
    const long = `https://coop.example/${"a".repeat(100)}`;
    const lines = text(`<p>${"bread and butter ".repeat(20)}<a href="${long}">here</a></p>`).split("\n");
    expect(lines.filter((line) => line.length > 72)).toEqual([`<${long}>`]);
  });
});
