import { describe, expect, it } from "vitest";
import { extractProduct, siteRules } from "./index.ts";

const PAGE = `<h1>Rye</h1><div class="a"><b>£9.99</b></div><div class="b" data-no="R-7"><i>£2.40</i> <u>gone: sold out</u></div>`;
const read = (rules: unknown) => extractProduct(PAGE, "https://mill.example/rye", { rules: siteRules.parse(rules) });

describe("a supplier's own rules", () => {
  it("win over everything else", () => {
    const product = read({ price: ".b i", sku: { selector: ".b", attribute: "data-no" }, availability: ".b > u" });
    expect(product).toMatchObject({ price: "2.40", currency: "GBP", sku: "R-7", availability: "OutOfStock" });
    expect(product.sources.price?.source).toBe("site-rule");
  });

  it("say nothing where they find nothing", () =>
    expect(read({ name: ".nowhere", sku: { selector: "h1", attribute: "id" } }).name).toBe("Rye"));

  it("are refused when they are no selectors, or no fields", () => {
    expect(siteRules.safeParse({ price: "a[" }).success).toBe(false);
    expect(siteRules.safeParse({ colour: "b" }).success).toBe(false);
  });
});
