import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aProduct } from "../../../tests/builders/shop.ts";

const market = await openTestApp("market");
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  await aProduct(market.db, { slug: "rye", name: `Rye ${HOSTILE}` });
});
afterAll(() => market.close());

async function card(params: Record<string, string>): Promise<string> {
  const asker = {
    viewer: { kind: "guest" as const, deviceId: null },
    id: "a-request",
    log: market.app.log,
    fragmentPath: "",
    isKeptPage: false,
  };
  const [piece] = await market.app.fragments.compose(asker, [{ type: "product-card", params }]);
  return piece?.html ?? "";
}

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
