import { makeFragmentTokens } from "@rose-ash/shared/infrastructure/fragments/tokens.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CartOwner } from "../../../shared/contracts/cart.ts";
import type { FragmentSubject } from "../../../shared/contracts/fragments.ts";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aGuest, aMerchant, aPerson, aPlacedOrder } from "../../../tests/builders/payments.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { SIMULATED_MERCHANT } from "../../../tests/simulated-sumup.ts";

let cart: TestApp;
beforeAll(async () => {
  cart = await openTestApp("cart", { env: { SUMUP_KEYS: `${SIMULATED_MERCHANT.code}:${SIMULATED_MERCHANT.key}` } });
  await aMerchant(cart.db);
  await aProduct(cart.db, { slug: "rye", name: "Rye <b>loaf</b>", stock: 50, priceMinor: 420 });
  await aProduct(cart.db, { slug: "oats", name: "Oats", stock: 50, priceMinor: 100 });
});
afterAll(() => cart.close());

/** The piece as it goes out to whoever shows it. */
async function piece(subject: FragmentSubject, type: string, params: object = {}): Promise<string> {
  const authorization = `Bearer ${await makeFragmentTokens("market", cart.app.runtime.keys).sign("cart", subject)}`;
  const answer = await cart.app.inject({
    method: "POST",
    url: "/internal/fragments",
    payload: { wants: [{ type, params }] },
    headers: { authorization },
  });
  return answer.json().pieces[0].html ?? "";
}
const fill = async (owner: CartOwner, wish: Record<string, number>) => {
  for (const [productSlug, quantity] of Object.entries(wish))
    await cart.db.transaction((tx) => cart.services.cart.addLine(tx, owner, { productSlug, quantity }));
};

describe("cart-lines and checkout-button", { timeout: 30_000 }, () => {
  it("show what is in the reader's own cart, in short, and lead to where it is paid", async () => {
    const guest = await aGuest(cart.db);
    await fill(guest, { rye: 2, oats: 1 });
    const lines = await piece(guest, "cart-lines", { limit: 1 });
    for (const words of ["Rye &lt;b&gt;loaf&lt;/b&gt;", "2 ×", "£8.40", "and 1 more thing", "£9.40"]) expect(lines).toContain(words);
    expect(lines).not.toContain("Oats");
    const button = await piece(guest, "checkout-button");
    expect(button).toContain("To the checkout, £9.40");
    expect(button).toContain('href="http://cart.rose-ash.localhost:8000/checkout"');
  });

  it("say nothing of an empty cart, nor to whom nobody knows", async () => {
    for (const subject of [await aGuest(cart.db), { kind: "public" } as const]) {
      expect(await piece(subject, "cart-lines")).toBe("");
      expect((await piece(subject, "checkout-button")).trim()).toBe("");
    }
  });

  it("hold no form that changes anything", async () => {
    const guest = await aGuest(cart.db);
    await fill(guest, { rye: 1 });
    expect((await piece(guest, "cart-lines")) + (await piece(guest, "checkout-button"))).not.toMatch(/<form|<script/);
  });
});

describe("order-summary", { timeout: 30_000 }, () => {
  it("says how an order stands to whom it belongs, and that it can be paid while it is held", async () => {
    const userId = await aPerson(cart.db);
    const { reference, orderId } = await aPlacedOrder(cart, { rye: 1 }, { kind: "member", userId });
    const mine = { kind: "user", userId } as const;
    const waiting = await piece(mine, "order-summary", { reference });
    for (const words of ["waiting for payment", "£4.20", "Pay it", `/orders/${reference}`]) expect(waiting).toContain(words);
    await cart.app.transaction((tx) => cart.services.payments.payByHand(tx, { orderId, kind: "cash", by: userId, paidAt: new Date() }));
    const paid = await piece(mine, "order-summary", { reference });
    expect(paid).toContain(`/orders/${reference}/receipt`);
    expect(paid).not.toContain("Pay it");
    const others = [await aGuest(cart.db), { kind: "user", userId: await aPerson(cart.db) } as const, { kind: "public" } as const];
    for (const stranger of others) expect((await piece(stranger, "order-summary", { reference })).trim()).toBe("");
  });

  it.each(["", "x", "../../admin", "AAAA-BBBB-CCCC"])("of %j is nothing", async (reference) => {
    expect((await piece(await aGuest(cart.db), "order-summary", { reference })).trim()).toBe("");
  });
});
