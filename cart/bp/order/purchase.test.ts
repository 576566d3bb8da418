import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { merchants } from "../../../shared/models/merchants.ts";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aMerchantOfPage } from "../../../tests/builders/merchants.ts";
import { aMerchant, passHold } from "../../../tests/builders/payments.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { brokenRules, VISA } from "../../../tests/paying.ts";
import { type SimulatedSumUp, startSimulatedSumUp } from "../../../tests/simulated-sumup.ts";

let cart: TestApp;
let sumup: SimulatedSumUp;
beforeAll(async () => {
  sumup = await startSimulatedSumUp();
  cart = await openTestApp("cart", { env: { SUMUP_HOST: sumup.host, SUMUP_KEYS: "MCOOP:sup_sk_one,MBAKERY:sup_sk_two" } });
  await aMerchant(cart.db);
  const loaf = await aProduct(cart.db, { slug: "loaf", name: "Rye loaf", stock: 100, priceMinor: 420 });
  await aProduct(cart.db, { slug: "soap", name: "Soap", stock: 100, priceMinor: 300 });
  await aProduct(cart.db, { slug: "jam", name: "Jam", stock: 100, priceMinor: 250 });
  const keyless = await aProduct(cart.db, { slug: "candle", name: "Candle", stock: 100, priceMinor: 700 });
  await aMerchantOfPage(cart.db, { slug: "bakery", code: "MBAKERY", name: "The <b>Bakery</b>" }, { products: [loaf] });
  await aMerchantOfPage(cart.db, { slug: "candles", code: "MCANDLE", name: "Candles", position: 2 }, { products: [keyless] });
});
afterAll(async () => {
  expect(await brokenRules(cart.db)).toEqual([]);
  await cart.close();
  await sumup.close();
});

async function aBuyer(...products: string[]) {
  const cookies: Record<string, string> = {};
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) cookies[name] = value;
    return response;
  };
  const get = async (path: string) => keep(await cart.get(path, { cookies }));
  const post = async (path: string, form: Record<string, string> = {}) => keep(await cart.post(path, form, { cookies }));
  for (const product of products) await post("/cart/lines", { product, quantity: "1" });
  const order = (shownTotalMinor: string) => post("/checkout", { name: "Grace", email: "grace@example.org", shownTotalMinor });
  return { get, post, order };
}
const checkoutAt = (response: LightMyRequestResponse) =>
  sumup.simulator.find(String(response.headers.location).split("/").at(-1) ?? "") ??
  expect.fail(`no checkout: ${response.headers.location}`);
const pathOf = ({ reference }: { reference: string }) => `/orders/${reference.replace(/-\d+$/, "")}`;

describe("a purchase from two merchants", { timeout: 60_000 }, () => {
  it("is shown as two on the cart and the checkout, and nobody's name becomes a tag", async () => {
    const { get } = await aBuyer("loaf", "soap");
    const [page, checkout] = [await get("/"), await get("/checkout")];
    for (const { body } of [page, checkout]) {
      expect(body).toContain("The &lt;b&gt;Bakery&lt;/b&gt;");
      expect(body).toContain("Rose Ash Co-operative");
    }
    expect(page.body).toContain("You pay each seller by itself");
    expect(checkout.body).toContain("Order, and pay £4.20 first");
  });

  it("is paid one after the other: the page says which is paid, which failed and which is next", async () => {
    const buyer = await aBuyer("loaf", "soap");
    const first = checkoutAt(await buyer.order("720"));
    expect([first.merchantCode, first.amount]).toEqual(["MBAKERY", 4.2]);
    sumup.simulator.pay(first, VISA);
    const back = await buyer.get(`${pathOf(first)}/payment`);
    expect(back.headers.location).toBe(pathOf(first));
    const paid = (await buyer.get(pathOf(first))).body;
    expect(paid).toContain("One purchase, 2 payments");
    expect(paid).toMatch(/Next: <b>£3\.00<\/b> to Rose Ash Co-operative/);
    const next = /action="(\/orders\/[A-Z0-9-]+)\/payment"/.exec(paid)?.[1] ?? expect.fail();
    const second = checkoutAt(await buyer.post(`${next}/payment`));
    expect([second.merchantCode, pathOf(second)]).toEqual(["MCOOP", next]);
    sumup.simulator.pay(second, "4000000000000002");
    await buyer.get(`${next}/payment`);
    expect((await buyer.get(pathOf(first))).body).toContain("card declined");
    sumup.simulator.pay(second, VISA);
    await buyer.get(`${next}/payment`);
    const done = (await buyer.get(next)).body;
    expect([done.includes("Thank you. It is paid"), done.includes("Next:")]).toEqual([true, false]);
    for (const path of [pathOf(first), next]) expect((await buyer.get(`${path}/receipt`)).statusCode).toBe(200);
  });

  it("loses nothing when somebody stops after the first: what expired goes into the cart again", async () => {
    const buyer = await aBuyer("loaf", "soap");
    const first = checkoutAt(await buyer.order("720"));
    sumup.simulator.pay(first, VISA);
    await buyer.get(`${pathOf(first)}/payment`);
    const next = /action="(\/orders\/[A-Z0-9-]+)\/payment"/.exec((await buyer.get(pathOf(first))).body)?.[1] ?? expect.fail();
    const order = await cart.services.orders.find(next.split("/").at(-1) ?? "");
    await passHold(cart.db, order?.id ?? expect.fail(), 40);
    expect((await buyer.post(`${next}/cart`)).statusCode).toBe(409);
    await cart.app.transaction((tx) => cart.services.payments.expireOrders(tx, 100));
    expect((await buyer.get(next)).body).toContain("Put it into the cart again");
    const again = await buyer.post(`${next}/cart`);
    expect(again.headers.location).toContain("again-in-cart");
    const page = (await buyer.get("/")).body;
    expect([page.includes("Soap"), page.includes("Rye loaf")]).toEqual([true, false]);
    expect((await (await aBuyer("jam")).post(`${next}/cart`)).statusCode).toBe(404);
  });

  it("of whom one has no key is paid to the other, and the rest stays in the cart", async () => {
    const buyer = await aBuyer("candle", "jam");
    const page = (await buyer.get("/")).body;
    expect(page).toContain("Not all of it can be paid here now");
    const checkout = (await buyer.get("/checkout")).body;
    expect([checkout.includes("Candle"), checkout.includes("Not all of your cart is here")]).toEqual([false, true]);
    expect(checkoutAt(await buyer.order("250")).amount).toBe(2.5);
    expect((await buyer.get("/")).body).toContain("Candle");
    expect((await (await aBuyer("candle")).get("/checkout")).headers.location).toBe("/");
  });

  it("says so when its merchant lost the key meanwhile", async () => {
    const buyer = await aBuyer("jam");
    const first = checkoutAt(await buyer.order("250"));
    const { paymentFlow } = cart.app;
    const { begin } = paymentFlow;
    paymentFlow.begin = async () => ({ kind: "no-merchant" });
    const tried = await buyer.post(`${pathOf(first)}/payment`);
    paymentFlow.begin = begin;
    expect((await buyer.get(String(tried.headers.location))).body).toContain("can’t take cards now");
  });

  it("is told to staff on the page of each order", async () => {
    const buyer = await aBuyer("loaf", "soap");
    const { parts } =
      (await cart.services.orders.find(
        pathOf(checkoutAt(await buyer.order("720")))
          .split("/")
          .at(-1) ?? "",
      )) ?? expect.fail();
    expect(parts.map(({ merchantName }) => merchantName)).toEqual(["The <b>Bakery</b>", "Rose Ash Co-operative"]);
    expect(await cart.db.$count(merchants)).toBe(3);
  });
});
