import { describe, expect, it } from "vitest";
import { readableText } from "./readable-text.ts";

describe("a text as it is compared", () => {
  it("has a line for each paragraph, heading and item, and names pictures and links", () => {
    const html = `<h2>Rye</h2><p>Hot <b>bread</b> &amp; <a href="/shop">butter</a>.<br>Now.</p><ul><li>One</li><li>Two</li></ul><p><img src="x" alt="A loaf"></p>`;
    expect(readableText(html)).toBe("Rye\nHot bread & butter (/shop).\nNow.\nOne\nTwo\n[picture: A loaf]\n");
  });

  it("is empty for an empty text", () => {
    expect(readableText("<p></p>")).toBe("");
  });
});
