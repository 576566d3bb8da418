import { describe, expect, it } from "vitest";
import { extractProduct } from "./index.ts";

const URL_OF_PAGE = "https://mill.example/rye";
const offer = (price: string | number, more = {}) =>
  `<h1>Rye flour</h1><script type="application/ld+json">${JSON.stringify({ "@type": "Product", name: "Rye flour", sku: "RYE-1", offers: { price, priceCurrency: "GBP" }, ...more })}</script>`;

/** Generous, as machines are busy: alone the longest takes two seconds. What is not linear takes minutes. */
const SOON_MS = 25_000;
function within(html: string): ReturnType<typeof extractProduct> {
  const began = performance.now();
  const product = extractProduct(html, URL_OF_PAGE);
  expect(performance.now() - began).toBeLessThan(SOON_MS);
  return product;
}

describe("a page that means harm", { timeout: 3 * SOON_MS }, () => {
  it("gets its prices returned with doubts, to be held for a person", () => {
    expect(extractProduct(offer(-5), URL_OF_PAGE)).toMatchObject({ price: "-5", doubts: ["price-negative"] });
    expect(extractProduct(offer("1e400"), URL_OF_PAGE).price).not.toBe("Infinity");
    expect(extractProduct(offer("99999999999999"), URL_OF_PAGE)).toMatchObject({ doubts: ["price-absurd"] });
    expect(extractProduct(offer(0), URL_OF_PAGE).price).toBeNull();
  });

  it("gets plain text out: no tags, no scripts, no control characters", () => {
    const name = "Rye <b>flour</b><script>alert(1)</script> &lt;img src=x onerror=alert(2)&gt;\u202e\u0000 &amp; bran";
    const page = offer(2, { name }).replaceAll("</script> ", "<\\/script> ");
    expect(extractProduct(page, URL_OF_PAGE).name).toBe("Rye flour & bran");
  });

  it("gives only http addresses of pictures", () => {
    const image = ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/rye.jpg"];
    expect(extractProduct(offer(2, { image }), URL_OF_PAGE).images).toEqual(["https://mill.example/rye.jpg"]);
  });

  it("pollutes no prototype", () => {
    const page = offer(2).replace("{", '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},');
    expect(
      extractProduct(
        `${page}<script>var s = {"__proto__": {name: "Rye flour", price: 1, polluted: 1}}</script><meta property="__proto__" content="1">`,
        URL_OF_PAGE,
      ).price,
    ).toBe("2");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("nests JSON 4,000 deep, and elements a million deep", () => {
    const deep = `${'{"a":'.repeat(4000)}1${"}".repeat(4000)}`;
    expect(within(`<script type="application/ld+json">${deep}</script><script>x = ${deep}; price</script>${offer(2)}`).price).toBe("2");
    expect(within(`${offer(2)}${"<div>".repeat(1_000_000)}£3`).price).toBe("2");
    expect(within(`${offer(2)}${"<div itemscope itemprop=x>".repeat(20_000)}`).price).toBe("2");
  });

  it("has broken JSON-LD", () => {
    for (const text of ["{", '{"@type":"Product","name":', "null", "", "<!-- -->", '"Product"', "[[[[", "{]}"]) {
      expect(extractProduct(`<h1>Rye</h1><script type="application/ld+json">${text}</script>`, URL_OF_PAGE).name).toBe("Rye");
    }
  });

  it("refers in circles", () => {
    const text = JSON.stringify({
      "@graph": [{ "@id": "#a", "@type": "Product", name: "Rye flour", isPartOf: { "@id": "#a" }, brand: { "@id": "#a" } }],
    });
    expect(within(`<h1>Rye flour</h1><script type="application/ld+json">${text}</script>`).name).toBe("Rye flour");
  });

  it("is of 20 megabytes: cut, and said so", () => {
    const product = within(offer(2) + "<p class=price>£2 <b>x</b></p>".repeat(700_000));
    expect(product.price).toBe("2");
    expect(product.doubts).toContain("page-cut");
  });

  it.each([
    ["starts of objects", `<script>var price = ${"={[(".repeat(200_000)}</script>`],
    ["open strings", `<script>var price = ${'={"'.repeat(200_000)}</script>`],
    ["long labels", `<p>${"SKU ".repeat(100_000)}</p>`],
    ["digits", `<p>${"1 ".repeat(200_000)} €</p>`],
    ["one attribute", `<div data-product="${"[".repeat(300_000)}price">`],
    ["tags in a name", `<h1>${"&lt;".repeat(100_000)}</h1>`],
    ["addresses", `<a href="${"%".repeat(500_000)}"><img></a><p class="price">£1</p>`],
    ["classes", `<p class="${"price-".repeat(100_000)}">£1</p>`],
  ])("repeats %s", (_, html) => {
    within(`${offer(2)}${html}`);
  });

  it("is empty, or no page at all", () => {
    for (const html of ["", "\0", "{}", "<", "<!--", "%PDF-1.7"]) {
      expect(extractProduct(html, URL_OF_PAGE)).toMatchObject({ price: null, sku: null, availability: null });
    }
  });
});
