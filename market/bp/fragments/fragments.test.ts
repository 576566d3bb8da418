import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aProduct } from "../../../tests/builders/shop.ts";

const market = await openTestApp("market");
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  await aProduct(market.db, { slug: "rye", name: `Rye ${HOSTILE}` });
});
afterAll(() => market.close());

const asker = {
  viewer: { kind: "guest" as const, deviceId: null },
  id: "a-request",
  log: market.app.log,
  fragmentPath: "",
  isKeptPage: false,
};
async function card(params: Record<string, string>): Promise<string> {
  const [piece] = await market.app.fragments.compose(asker, [{ type: "product-card", params }]);
  return piece?.html ?? "";
}

describe("what the shop has about some words", () => {
  const results = async (params: Record<string, string | number>) =>
    (await market.app.fragments.compose(asker, [{ type: "search-results", params }]))[0]?.html ?? "";

  it("stands with its price and leads to all of it", async () => {
    for (let n = 0; n < 5; n++) await aProduct(market.db, { slug: `oats-${n}`, name: `Oats ${n} ${HOSTILE}`, stock: n });
    const html = await results({ q: "oats", limit: 3 });
    expect(html.match(/class="found"/g)).toHaveLength(3);
    expect(html).toContain("£2.50");
    expect(html).toContain(`href="${market.origin}/products?q=oats">All 5 in the shop`);
    expect(html).not.toContain(HOSTILE);
    expect(await results({ q: "oats", limit: 12 })).toContain("sold out for now");
  });

  it.each([{ q: "xylophone" }, { q: " " }, { q: "\0" }, { q: "' or 1=1 --" }, { q: "x".repeat(201) }, { limit: 3 }])(
    "is nothing for %o",
    async (params) => {
      expect(await results(params as Record<string, string>)).toBe("");
    },
  );
});

describe("the product card that others show", () => {
  it("leads to the shop and puts into the cart at whatever host shows it, then back to the page it was on", async () => {
    const html = await card({ slug: "rye", next: "/posts/on-rye" });
    expect(html).toContain(`href="${market.origin}/products/rye"`);
    expect(html).toContain('action="/cart/lines"');
    expect(html).toContain('name="next" value="/posts/on-rye"');
    expect(html).not.toContain(HOSTILE);
  });

  it.each(["//evil", "//evil.example", "https://evil.example", '/"><b>', "/\\evil.example"])("leads back to no %s", async (next) => {
    expect(await card({ slug: "rye", next })).not.toContain("evil");
  });

  it("is nothing for a product that is not there", async () => {
    expect(await card({ slug: "hat" })).toBe("");
  });
});
