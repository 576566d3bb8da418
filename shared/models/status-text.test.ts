import { describe, expect, it } from "vitest";
import { htmlOfText, mentionsIn, tagsIn } from "./status-text.ts";

const links = {
  mention: (handle: string) => (handle === "ada" || handle === "bo@theirs.example" ? `https://here.example/@${handle}` : null),
  tag: (tag: string) => `https://here.example/tags/${encodeURIComponent(tag)}`,
};

describe("the text of a status", () => {
  it("finds names, tags and addresses, and leaves the sentence its stops", () => {
    const text = "Hello @Ada, and @bo@theirs.example. See https://bread.example/a_(b)?x=1&y=2. #Bread #1 #Sauer_teig!";
    expect(mentionsIn(text)).toEqual(["ada", "bo@theirs.example"]);
    expect(tagsIn(text)).toEqual(["bread", "sauer_teig"]);
    expect(htmlOfText(text, links)).toBe(
      '<p>Hello <a href="https://here.example/@ada">@Ada</a>, and <a href="https://here.example/@bo@theirs.example">@bo@theirs.example</a>. ' +
        'See <a href="https://bread.example/a_(b)?x=1&amp;y=2">https://bread.example/a_(b)?x=1&amp;y=2</a>. ' +
        '<a href="https://here.example/tags/bread">#Bread</a> #1 <a href="https://here.example/tags/sauer_teig">#Sauer_teig</a>!</p>',
    );
  });

  it("makes paragraphs and lines, and nothing of what is no name", () => {
    expect(htmlOfText("One\r\ntwo\n\n\nthree", links)).toBe("<p>One<br>two</p><p>three</p>");
    expect(mentionsIn("mail me: ada@theirs.example, https://x.example/@bo")).toEqual([]);
    expect(htmlOfText("@nobody", links)).toBe("<p>@nobody</p>");
  });

  it.each(["<script>alert(1)</script>", '<img src=x onerror="a()">', "javascript:alert(1)", `https://x.example/"onmouseover="a()`])(
    "keeps %j as text",
    (text) => {
      const html = htmlOfText(text, links);
      expect(html.replace(/<\/?p>|<a href="[^"<>]*">|<\/a>/g, "")).not.toMatch(/[<>"]/);
    },
  );

  it("reads 5,000 characters of anything at once", () => {
    for (const piece of ["@a", "@a@b.", "https://((((", "#ä", "\n\n"]) expect(htmlOfText(piece.repeat(1500), links)).toContain("<p>");
  });
});
