import { eq } from "drizzle-orm";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { cartLines, carts } from "../../../shared/models/cart.ts";
import { products } from "../../../shared/models/market.ts";
import { orderCycles, pickUps } from "../../../shared/models/order-cycles.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aCycle, passCutOff } from "../../../tests/builders/cycle.ts";
import { aProduct } from "../../../tests/builders/shop.ts";

const cart = await openTestApp("cart");
afterAll(() => cart.close());

beforeEach(async () => {
  await cart.db.delete(carts);
  await cart.db.delete(products);
  await aProduct(cart.db, {
    slug: "rye-loaf",
    name: "Rye <script>alert(1)</script> loaf",
    brand: "<i>Oven</i>",
    priceMinor: 420,
    stock: 5,
  });
});

/** A guest's browser: keeps the device cookie it is given. */
function aBrowser() {
  const cookies: Record<string, string> = {};
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) cookies[name] = value;
    return response;
  };
  return {
    cookies,
    get: async (path: string) => keep(await cart.get(path, { cookies })),
    post: async (path: string, form: Record<string, string>) => keep(await cart.post(path, form, { cookies })),
  };
}

async function withLoaf(quantity = "2") {
  const browser = aBrowser();
  await browser.post("/cart/lines", { product: "rye-loaf", quantity });
  const [line] = await cart.db.select({ id: cartLines.id }).from(cartLines).orderBy(cartLines.id);
  return { ...browser, line: line?.id ?? expect.fail("nothing was added") };
}

describe("the cart's page", () => {
  it("leads an empty-handed guest to the shop and leaves no cookie", async () => {
    const response = await aBrowser().get("/");
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain("There is nothing in it yet");
    expect(response.body).toContain('href="http://market.rose-ash.localhost:8000/"');
    expect(response.cookies).toEqual([]);
  });

  it("shows lines, prices and the total, and nobody's script", async () => {
    const { get } = await withLoaf();
    const { body } = await get("/");
    expect(body).toContain("Rye &lt;script&gt;alert(1)&lt;/script&gt; loaf");
    expect(body).toContain("&lt;i&gt;Oven&lt;/i&gt;");
    expect(body).not.toContain("<script>alert");
    expect(body).toContain("£8.40");
    expect(body).not.toContain("can&#39;t be had");
  });

  it("says where the stock has fallen below the quantity", async () => {
    const { get } = await withLoaf("4");
    await cart.db.update(products).set({ stock: 1 });
    expect((await get("/")).body).toContain("Only 1 left in the shop");
    await cart.db.update(products).set({ stock: 0 });
    expect((await get("/")).body).toContain("Sold out.");
  });

  it("is nobody else's", async () => {
    await withLoaf();
    const other = aBrowser();
    other.cookies["rose_device"] = "A".repeat(22);
    expect((await other.get("/")).body).toContain("There is nothing in it yet");
  });

  it("is never kept by a cache between", async () => {
    const { get } = await withLoaf();
    expect((await get("/")).headers["cache-control"]).toBe("private, no-store");
  });
});

describe("adding", () => {
  it("gives a guest a device of the whole site and goes to the cart", async () => {
    const response = await aBrowser().post("/cart/lines", { product: "rye-loaf", quantity: "2" });
    expect(response.statusCode).toBe(303);
    expect(response.headers.location).toBe("http://cart.rose-ash.localhost:8000/?notice=added");
    expect(response.cookies).toMatchObject([{ name: "rose_device", domain: "rose-ash.localhost", httpOnly: true, sameSite: "Lax" }]);
  });

  it.each([
    ["/products/rye-loaf?page=2", "/products/rye-loaf?page=2&notice=added"],
    ["//evil.example/", "http://cart.rose-ash.localhost:8000/?notice=added"],
    ["/\\evil.example", "http://cart.rose-ash.localhost:8000/?notice=added"],
    ["https://evil.example", "http://cart.rose-ash.localhost:8000/?notice=added"],
    ["/\t/evil.example", "http://cart.rose-ash.localhost:8000/?notice=added"],
    ["/%2F/evil.example", "/%2F/evil.example?notice=added"],
  ])("goes on at %j as far as that is here", async (next, location) => {
    const response = await aBrowser().post("/cart/lines", { product: "rye-loaf", quantity: "1", next });
    expect(response.headers.location).toBe(location);
  });

  it("says when not all could be had", async () => {
    const { post } = aBrowser();
    expect((await post("/cart/lines", { product: "rye-loaf", quantity: "9" })).headers.location).toContain("notice=capped");
    await cart.db.update(products).set({ stock: 0 });
    expect((await post("/cart/lines", { product: "rye-loaf", quantity: "1" })).headers.location).toContain("notice=sold-out");
  });

  it.each(["0", "-1", "1.5", "1e9", "abc", "100", "", "<script>alert(1)</script>", "9".repeat(400)])(
    "asks again for the quantity %j and keeps what was typed",
    async (quantity) => {
      const response = await aBrowser().post("/cart/lines", { product: "rye-loaf", quantity, next: "/products/rye-loaf" });
      expect(response.statusCode).toBe(422);
      expect(response.body).toContain('aria-invalid="true"');
      expect(response.body).toMatch(/Type a whole number from 1 to 99|at most 99/);
      expect(response.body).toContain(`value="${quantity.replaceAll("<", "&lt;").replaceAll(">", "&gt;")}"`);
      expect(response.body).toContain('value="/products/rye-loaf"');
      expect(response.body).not.toContain("<script>alert");
      expect(await cart.db.$count(carts)).toBe(0);
    },
  );

  it.each([
    {},
    { quantity: "1" },
    { product: "nowhere", quantity: "1" },
    { product: "../../etc", quantity: "x" },
    { product: "rye\0", quantity: "1" },
    { product: "rye\0", quantity: "x" },
  ])("knows no product for %j", async (form) => {
    expect((await aBrowser().post("/cart/lines", form)).statusCode).toBe(404);
    expect(await cart.db.$count(carts)).toBe(0);
  });

  it("refuses a form of another site", async () => {
    const form = { product: "rye-loaf", quantity: "1" };
    const response = await cart.post("/cart/lines", form, { headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" } });
    expect(response.statusCode).toBe(403);
    expect(await cart.db.$count(carts)).toBe(0);
  });

  it("shows its notice once, as words of ours", async () => {
    expect((await cart.get("/?notice=added")).body).toContain("It is in your cart.");
    expect((await cart.get("/?notice=<b>You+won</b>")).body).not.toContain("You won");
  });
});

describe("changing", () => {
  it("sets, caps and removes", async () => {
    const { post, line } = await withLoaf();
    expect((await post(`/cart/lines/${line}`, { quantity: "3", next: "/" })).headers.location).toBe("/?notice=changed");
    expect((await post(`/cart/lines/${line}`, { quantity: "50" })).headers.location).toContain("notice=capped");
    expect((await post(`/cart/lines/${line}`, { quantity: "0" })).headers.location).toContain("notice=removed");
    expect((await post(`/cart/lines/${line}`, { quantity: "1" })).statusCode).toBe(409);
  });

  it.each(["-1", "1.5", "1e9", "abc", "100"])("asks again for the quantity %j", async (quantity) => {
    const { post, line } = await withLoaf();
    const response = await post(`/cart/lines/${line}`, { quantity });
    expect(response.statusCode).toBe(422);
    expect(response.body).toContain(`value="${quantity}"`);
    expect(await cart.db.select({ quantity: cartLines.quantity }).from(cartLines)).toEqual([{ quantity: 2 }]);
  });

  it("knows no line of another guest's cart, nor one that can't be", async () => {
    const { line } = await withLoaf();
    const other = aBrowser();
    await other.post("/cart/lines", { product: "rye-loaf", quantity: "1" });
    for (const id of [String(line), "0", "abc", "99999999999999999999", "1;drop"]) {
      for (const quantity of ["1", "0", "x"]) expect((await other.post(`/cart/lines/${id}`, { quantity })).statusCode).toBe(409);
    }
    const kept = await cart.db.select({ quantity: cartLines.quantity }).from(cartLines).where(eq(cartLines.id, line));
    expect(kept).toEqual([{ quantity: 2 }]);
  });

  it("gives no cookie to who has no cart", async () => {
    const response = await aBrowser().post("/cart/lines/1", { quantity: "1" });
    expect([response.statusCode, response.cookies]).toEqual([409, []]);
  });
});

describe("what comes by order", () => {
  it("stands in the cart with its cut-off, its case, how long it is held and where it is fetched; after the cut-off it says so", async () => {
    const [product] = await cart.db.select({ id: products.id }).from(products);
    const productId = product?.id ?? expect.fail();
    await cart.db.update(products).set({ stock: 0, caseSize: 6 });
    const cycleId = await aCycle(cart.db, { name: "Bulk <b>order</b>" }, { products: [productId] });
    const times = { startsAt: new Date("2031-05-03T09:00:00Z"), endsAt: new Date("2031-05-03T13:00:00Z") };
    await cart.db.insert(pickUps).values({ cycleId, place: "The <i>Hall</i>", ...times });
    const { get, post } = aBrowser();
    await post("/cart/lines", { product: "rye-loaf", quantity: "2", cycle: String(cycleId) });
    const { body } = await get("/");
    for (const words of ["To order until", "Bulk &lt;b&gt;order", "2 of 6", "Yours until", "Saturday 3 May 2031, 10:00–14:00"])
      expect(body).toContain(words);
    expect(body).not.toContain("<i>Hall");
    expect(body).not.toContain("Sold out");
    await cart.db.update(cartLines).set({ heldUntil: null });
    expect((await get("/")).body).toContain("not held for you any more");
    await passCutOff(cart.db, cycleId);
    expect((await get("/")).body).toContain("has passed");
    expect((await post("/cart/lines", { product: "rye-loaf", quantity: "1", cycle: String(cycleId) })).headers.location).toContain(
      "notice=cut-off",
    );
    await cart.db.delete(cartLines);
    await cart.db.delete(orderCycles);
  });
});

describe("a price that changed", () => {
  it("is shown beside the one that was seen, until its owner has said so", async () => {
    const { get, post, line } = await withLoaf();
    await cart.db.update(products).set({ priceMinor: 450 });
    expect((await get("/")).body).toMatch(/It was £4.20 when you last saw it, and costs <b>£4.50<\/b> now/);
    for (const priceMinor of ["420", "x", "-1", "", "1e99"]) await post(`/cart/lines/${line}/price`, { priceMinor });
    expect((await get("/")).body).toContain("It was £4.20");
    const stranger = aBrowser();
    await stranger.post("/cart/lines", { product: "rye-loaf", quantity: "1" });
    await stranger.post(`/cart/lines/${line}/price`, { priceMinor: "450" });
    expect((await get("/")).body).toContain("It was £4.20");
    expect((await post(`/cart/lines/${line}/price`, { priceMinor: "450", next: "/" })).headers.location).toBe("/?notice=price-accepted");
    expect((await get("/")).body).not.toContain("It was £4.20");
  });
});

it("puts the sum of a guest's cart into the badge", async () => {
  const { get } = await withLoaf("3");
  const badge = (await get("/")).body.match(/<span class="contents" id="cart-mini">.*?<\/span><\/a>/s)?.[0];
  expect(badge).toContain('data-count="3"');
  expect(badge).toContain("£12.60");
});
