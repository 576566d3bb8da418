import { describe, expect, it } from "vitest";
import { withContents } from "./contents.ts";

const HTML = '<h2>The oven</h2><p>Hot.</p><h3>Über <em>Ziegel</em> &amp; Lehm</h3><h2 id="given">Given</h2><h2>The oven</h2><h2>窯</h2>';

describe("a long text", () => {
  it("lists its headings, each with an address of its own", () => {
    const { html, contents } = withContents(HTML, 9);
    expect(contents).toEqual([
      { id: "the-oven", text: "The oven", level: 2 },
      { id: "uber-ziegel-lehm", text: "Über Ziegel & Lehm", level: 3 },
      { id: "given", text: "Given", level: 2 },
      { id: "the-oven-2", text: "The oven", level: 2 },
      { id: "part", text: "窯", level: 2 },
    ]);
    for (const { id } of contents) expect(html.match(new RegExp(` id="${id}"`, "g"))).toHaveLength(1);
    expect(html).toContain('<h3 id="uber-ziegel-lehm">Über <em>Ziegel</em> &amp; Lehm</h3>');
  });

  it("leads each heading to its own place where two were given the same", () => {
    const { html } = withContents('<h2 id="crust">Crust</h2><h3 id="crust">Crust</h3>', 9);
    expect(html).toBe('<h2 id="crust">Crust</h2><h3 id="crust-2">Crust</h3>');
  });

  it("has no contents when it is short or has few headings, and addresses all the same", () => {
    expect(withContents(HTML, 4).contents).toEqual([]);
    expect(withContents("<h2>One</h2><h2>Two</h2>", 9)).toEqual({ html: '<h2 id="one">One</h2><h2 id="two">Two</h2>', contents: [] });
    expect(withContents("", 9)).toEqual({ html: "", contents: [] });
  });
});
