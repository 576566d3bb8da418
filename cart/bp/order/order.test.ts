import { eq, sql } from "drizzle-orm";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { orders } from "../../../shared/models/cart.ts";
import { products } from "../../../shared/models/market.ts";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aMerchant } from "../../../tests/builders/payments.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { giveRole } from "../../../tests/builders/roles.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { brokenRules, VISA } from "../../../tests/paying.ts";
import { SIMULATED_MERCHANT, type SimulatedSumUp, startSimulatedSumUp } from "../../../tests/simulated-sumup.ts";

let cart: TestApp;
let sumup: SimulatedSumUp;
let staff: Record<string, string>;
beforeAll(async () => {
  sumup = await startSimulatedSumUp();
  cart = await openTestApp("cart", { env: { SUMUP_HOST: sumup.host, SUMUP_KEYS: `${SIMULATED_MERCHANT.code}:${SIMULATED_MERCHANT.key}` } });
  await aMerchant(cart.db);
  await aProduct(cart.db, { slug: "rye-loaf", name: "Rye <i>loaf</i>", stock: 100, priceMinor: 420, vatClass: "standard" });
  const efua = await aMember(cart.db, { handle: "efua", name: "Efua" });
  await giveRole(cart.db, efua, "steward", "cart");
  staff = await signedIn(cart, "cart", efua);
});
afterAll(async () => {
  await cart.close();
  await sumup.close();
});

/** A guest's browser with loaves in the cart. */
async function aBuyer(quantity = "2") {
  const cookies: Record<string, string> = {};
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) cookies[name] = value;
    return response;
  };
  const get = async (path: string) => keep(await cart.get(path, { cookies }));
  const post = async (path: string, form: Record<string, string> = {}) => keep(await cart.post(path, form, { cookies }));
  await post("/cart/lines", { product: "rye-loaf", quantity });
  return { get, post };
}
const CHECKOUT = { name: "Grace <b>G</b>", email: "grace@example.org", shownTotalMinor: "840" };

/** An order that waits for its money, and the checkout that its buyer was led to. */
async function anOrder() {
  const buyer = await aBuyer();
  const placed = await buyer.post("/checkout", CHECKOUT);
  const id = String(placed.headers.location).split("/").at(-1) ?? "";
  const checkout = sumup.simulator.find(id) ?? expect.fail(`no checkout at ${placed.headers.location}`);
  const reference = checkout.reference.replace(/-\d+$/, "");
  return { ...buyer, checkout, reference, path: `/orders/${reference}` };
}

async function aPaidOrder() {
  const order = await anOrder();
  sumup.simulator.pay(order.checkout, VISA);
  await order.get(`${order.path}/payment`);
  return order;
}
const stateOf = async (reference: string) => (await cart.db.select().from(orders).where(eq(orders.reference, reference)))[0]?.status;

it("says to its buyer and to staff what of a paid order does not come, and what was paid for it", { timeout: 60_000 }, async () => {
  const { get, reference, path } = await aPaidOrder();
  await cart.db.execute(sql`
    insert into shortfalls (order_line_id, reason, quantity) select order_lines.id, 'not-delivered', 1
    from order_lines join orders on orders.id = order_id where reference = ${reference}`);
  for (const { body } of [await get(path), await cart.get(`/admin${path}`, { cookies: staff })])
    expect(body).toMatch(/What does not come.*1 × Rye &lt;i&gt;loaf&lt;\/i&gt;, £4.20: the supplier brought less/s);
  const { body } = await cart.get(`/admin${path}`, { cookies: staff });
  expect(body).toMatch(/name="amount"[^>]* value="4\.20".*value="shortfall" selected/s);
});

describe("the checkout", { timeout: 60_000 }, () => {
  it("leads a guest from the cart to SumUp's page, and its forms may end there", async () => {
    const buyer = await aBuyer();
    expect((await buyer.get("/")).body).toContain('href="/checkout"');
    const page = await buyer.get("/checkout");
    expect(page.body).toContain("£8.40");
    expect(page.headers["content-security-policy"]).toMatch(/form-action [^;]*https:\/\/checkout\.sumup\.com/);
    expect(page.headers["cache-control"]).toBe("no-store");
    const placed = await buyer.post("/checkout", CHECKOUT);
    expect([placed.statusCode, placed.headers.location]).toEqual([303, expect.stringContaining("/pay/")]);
    expect((await buyer.get("/checkout")).statusCode).toBe(303); // there is nothing in the cart
  });

  it("does not wait for a SumUp that does not answer", async () => {
    const { paymentFlow } = cart.app;
    const { begin } = paymentFlow;
    paymentFlow.begin = () => new Promise(() => undefined);
    const placed = await (await aBuyer()).post("/checkout", CHECKOUT);
    paymentFlow.begin = begin;
    expect([placed.statusCode, placed.headers.location]).toEqual([303, expect.stringMatching(/^\/orders\/.*\?away=1$/)]);
  });

  it("gives back what is missing or wrong, with what was typed", async () => {
    const buyer = await aBuyer();
    const again = await buyer.post("/checkout", { ...CHECKOUT, email: "nowhere", name: "" });
    expect(again.statusCode).toBe(422);
    for (const words of ["Give an address that mail reaches", "Say a name", 'value="nowhere"']) expect(again.body).toContain(words);
  });

  it("says that prices have changed, and that a thing is gone, and places nothing", async () => {
    const buyer = await aBuyer();
    const dearer = await buyer.post("/checkout", { ...CHECKOUT, shownTotalMinor: "1" });
    expect([dearer.statusCode, dearer.body.includes("The prices have changed")]).toEqual([409, true]);
    await cart.db.update(products).set({ stock: 0 });
    const gone = await buyer.post("/checkout", CHECKOUT);
    await cart.db.update(products).set({ stock: 100 });
    expect([gone.statusCode, gone.body.includes("Rye &lt;i&gt;loaf&lt;/i&gt;: sold out")]).toEqual([409, true]);
  });

  it.each(["-1", "1e9", "8.40", "", "99999999999999999999"])("takes no total of %j", async (shownTotalMinor) => {
    expect((await (await aBuyer()).post("/checkout", { ...CHECKOUT, shownTotalMinor })).statusCode).toBe(409);
  });

  it("that SumUp does not answer keeps the order, says so, and lets them try again", async () => {
    const buyer = await aBuyer();
    sumup.faults.add("create", "broken");
    sumup.faults.add("find", "broken", 3);
    const placed = await buyer.post("/checkout", CHECKOUT);
    expect(placed.headers.location).toMatch(/^\/orders\/[A-Z0-9-]+\?away=1$/);
    sumup.faults.clear();
    const path = String(placed.headers.location);
    expect((await buyer.get(path)).body).toContain("The payment page does not answer");
    const tried = await buyer.post(`${path.replace(/\?.*/, "")}/payment`);
    expect(tried.headers.location).toContain("/pay/");
  });
});

describe("an order's page", { timeout: 60_000 }, () => {
  it("is its buyer's alone", async () => {
    const { get, path } = await anOrder();
    expect((await get(path)).statusCode).toBe(200);
    const stranger = await aBuyer();
    for (const one of [path, `${path}/payment`, `${path}/receipt`]) expect((await stranger.get(one)).statusCode).toBe(404);
    for (const one of [`${path}/payment`, `${path}/cancellation`]) expect((await stranger.post(one)).statusCode).toBe(404);
  });

  it("waits while nothing came, says that a card was declined, and thanks when it is paid", async () => {
    const { get, path, checkout, reference } = await anOrder();
    const waiting = await get(`${path}/payment`);
    expect([waiting.statusCode, waiting.body.includes('hx-trigger="every 3s"'), waiting.body.includes('http-equiv="refresh"')]).toEqual([
      200,
      true,
      true,
    ]);
    expect(waiting.headers["content-security-policy"]).toMatch(/form-action [^;]*https:\/\/checkout\.sumup\.com/); // the order's page comes into it
    sumup.simulator.pay(checkout, "4000000000000002");
    expect((await get(`${path}/payment`)).headers.location).toBe(path);
    expect((await get(path)).body).toContain("The last card was declined");
    sumup.simulator.pay(checkout, VISA);
    expect((await get(`${path}/payment`)).headers.location).toBe(path);
    expect(await stateOf(reference)).toBe("paid");
    const page = await get(path);
    expect(page.body).toContain("Thank you. It is paid");
    expect(page.body).not.toContain("/cancellation");
    expect((await get(`${path}?away=1`)).body).not.toContain("Nothing was paid");
  });

  it("coming back proves nothing: no order is paid by it", async () => {
    const { get, path, reference } = await anOrder();
    for (let time = 0; time < 5; time += 1) await get(`${path}/payment?status=PAID&checkout_id=x`);
    expect(await stateOf(reference)).toBe("pending_payment");
  });

  it("has a receipt with its tax, once it is paid, and nobody's markup", async () => {
    const order = await anOrder();
    expect((await order.get(`${order.path}/receipt`)).statusCode).toBe(404);
    sumup.simulator.pay(order.checkout, VISA);
    await order.get(`${order.path}/payment`);
    const { body } = await order.get(`${order.path}/receipt`);
    for (const words of [
      "£7.00",
      "£1.40",
      "£8.40",
      "Rye &lt;i&gt;loaf&lt;/i&gt;",
      "Grace &lt;b&gt;G&lt;/b&gt;",
      `${new Date().getUTCFullYear()}-`,
    ])
      expect(body).toContain(words);
  });

  it("is called off by its buyer, once, and not when it is paid", async () => {
    const { post, path, reference } = await anOrder();
    expect((await post(`${path}/cancellation`)).statusCode).toBe(303);
    expect(await stateOf(reference)).toBe("cancelled");
    expect((await post(`${path}/cancellation`)).statusCode).toBe(409);
    const paid = await aPaidOrder();
    expect((await paid.post(`${paid.path}/cancellation`)).statusCode).toBe(409);
  });

  it.each(["/orders/x", "/orders/..%2f..", "/orders/RA-%00", "/orders/ra-aaaa-bbbb"])("is nothing at %s", async (path) => {
    expect((await cart.get(path)).statusCode).toBeGreaterThanOrEqual(400);
    expect((await cart.get(path)).statusCode).toBeLessThan(500);
  });
});

describe("behind the counter", { timeout: 60_000 }, () => {
  const post = (path: string, form: Record<string, string>) => cart.post(path, form, { cookies: staff });
  const get = async (path: string) => (await cart.get(path, { cookies: staff })).body;
  const keyOn = async (path: string) => /name="requestKey" value="([^"]+)"/.exec(await get(path))?.[1] ?? expect.fail("no refund form");

  it("is for staff alone", async () => {
    const { reference } = await anOrder();
    const buyer = await aBuyer();
    for (const path of ["/admin/orders", `/admin/orders/${reference}`]) expect((await buyer.get(path)).statusCode).toBe(404);
    const forms: [string, Record<string, string>][] = [
      ["state", { to: "cancelled" }],
      ["payments", { kind: "cash" }],
      ["refunds", { requestKey: "2d3c3f5e-7a59-4b59-8d6b-3a36a1f0a3a5", amount: "1", reason: "asked" }],
    ];
    for (const [what, form] of forms) expect((await buyer.post(`/admin/orders/${reference}/${what}`, form)).statusCode).toBe(404);
    expect(await stateOf(reference)).toBe("pending_payment");
  });

  it("lists and finds orders, moves them on, and writes down who did", async () => {
    const { reference } = await aPaidOrder();
    expect(await get(`/admin/orders?q=${reference.slice(2, 9)}&status=paid`)).toContain(reference);
    expect(await get("/admin/orders?q=nobody-like-this%25")).toContain("No order is like this");
    for (const to of ["preparing", "ready", "collected", "done"])
      expect((await post(`/admin/orders/${reference}/state`, { to })).statusCode).toBe(303);
    expect((await post(`/admin/orders/${reference}/state`, { to: "paid" })).statusCode).toBe(409);
    const { rows } = await cart.db.execute(sql`select count(*)::int as count from audit_entries where action = 'move order'`);
    expect(rows).toEqual([{ count: 4 }]);
  });

  it("gives back a part, never more than there is, and once for a form however often it is pressed", async () => {
    const { reference, checkout } = await aPaidOrder();
    const path = `/admin/orders/${reference}`;
    const requestKey = await keyOn(path);
    const refund = (amount: string, key = requestKey) =>
      post(`${path}/refunds`, { requestKey: key, amount, reason: "asked", note: "A crushed loaf" });
    for (const wrong of ["", "0", "-1", "9", "8.401", "1e2", "NaN"])
      expect([wrong, (await refund(wrong)).statusCode]).toEqual([wrong, 422]);
    const pressed = await Promise.all([refund("4.20"), refund("4.20"), refund("4.20")]);
    expect(pressed.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    await expect.poll(() => stateOf(reference), { timeout: 10_000 }).toBe("partly_refunded");
    expect(checkout.transactions.at(-1)?.refunds.map(({ amount }) => amount)).toEqual([4.2]);
    expect(await get(path)).toContain("went back");
    expect(await brokenRules(cart.db)).toEqual([]);
  });

  it("gives the book-keeper a month of the ledger, which adds up, and nobody else", async () => {
    const { reference } = await aPaidOrder();
    const month = new Date().toISOString().slice(0, 7);
    const answer = await cart.get(`/admin/ledger.csv?month=${month}`, { cookies: staff });
    expect(answer.headers).toMatchObject({ "content-type": "text/csv; charset=utf-8", "cache-control": "private, no-store" });
    const rows = answer.body
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(","));
    expect(rows.filter((row) => row[3] === reference).map((row) => [row[5], row[6]])).toEqual([
      ["sumup:MCOOP", "8.40"],
      ["sales:standard", "-7.00"],
      ["vat:standard", "-1.40"],
    ]);
    expect(rows.reduce((sum, row) => sum + Math.round(Number(row[6]) * 100), 0)).toBe(0);
    const other = await cart.get("/admin/ledger.csv?month=2001-01", { cookies: staff });
    expect(other.body.trim().split("\r\n")).toHaveLength(1);
    for (const wrong of ["2026-13", "x", "2026-1", ""])
      expect((await cart.get(`/admin/ledger.csv?month=${wrong}`, { cookies: staff })).statusCode).toBe(400);
    expect((await (await aBuyer()).get(`/admin/ledger.csv?month=${month}`)).statusCode).toBe(404);
  });

  it("says of a refund that SumUp refused what became of it", async () => {
    const { reference, checkout } = await aPaidOrder();
    const path = `/admin/orders/${reference}`;
    Object.assign(checkout.transactions.at(-1) ?? {}, { amount: 1 });
    await post(`${path}/refunds`, { requestKey: await keyOn(path), amount: "4.20", reason: "asked", note: "" });
    await expect.poll(() => get(path), { timeout: 10_000 }).toContain("SumUp would not refund");
    const action = /action="(\/admin\/matters\/\d+\/refund)"/.exec(await get(path))?.[1] ?? expect.fail();
    expect((await post(action, { decision: "perhaps" })).statusCode).toBe(400);
    expect((await (await aBuyer()).post(action, { decision: "done" })).statusCode).toBe(404);
    expect((await post(action, { decision: "done", note: "In the \u0000dashboard" })).statusCode).toBe(303);
    expect(await stateOf(reference)).toBe("partly_refunded");
    expect(await get(path)).not.toContain("SumUp would not refund");
    expect(await brokenRules(cart.db)).toEqual([]);
  });

  it("puts the goods of a refunded order back on the shelf, once, and of no other", async () => {
    const { reference } = await aPaidOrder();
    const path = `/admin/orders/${reference}`;
    const stock = async () => (await cart.db.select().from(products).where(eq(products.slug, "rye-loaf")))[0]?.stock ?? 0;
    const before = await stock();
    await post(`${path}/stock`, {});
    expect([await stock(), (await get(path)).includes("Put back on the shelf")]).toEqual([before, false]);
    await post(`${path}/refunds`, { requestKey: await keyOn(path), amount: "8.40", reason: "asked", note: "" });
    await expect.poll(() => stateOf(reference), { timeout: 10_000 }).toBe("refunded");
    expect(await get(path)).toContain("Put back on the shelf");
    await Promise.all([post(`${path}/stock`, {}), post(`${path}/stock`, {})]);
    expect([await stock(), (await get(path)).includes("Put back on the shelf")]).toEqual([before + 2, false]);
  });

  it("takes cash, and a bank transfer of a day up to today", async () => {
    const { reference } = await anOrder();
    const path = `/admin/orders/${reference}/payments`;
    expect((await post(path, { kind: "bank", paidOn: "2999-01-01" })).statusCode).toBe(422);
    expect((await post(path, { kind: "bank", paidOn: "soon" })).statusCode).toBe(422);
    expect((await post(path, { kind: "bank", paidOn: "2026-11-01" })).statusCode).toBe(303);
    expect(await stateOf(reference)).toBe("paid");
    expect((await post(path, { kind: "cash", paidOn: "" })).statusCode).toBe(409);
  });

  it("shows what waits for somebody, with what to do, until somebody says what they did", async () => {
    const { reference, checkout, get: visit, path } = await anOrder();
    Object.assign(checkout, { amount: 0.01 });
    sumup.simulator.pay(checkout, VISA);
    await visit(`${path}/payment`);
    expect(await stateOf(reference)).toBe("pending_payment");
    const page = await get(`/admin/orders/${reference}`);
    expect(page).toContain("Another amount was paid");
    const action = /action="(\/admin\/matters\/\d+\/resolution)"/.exec(page)?.[1] ?? expect.fail();
    expect((await post(action, { resolution: " " })).statusCode).toBe(400);
    for (const resolution of ["Paid back \u0000in the dashboard", "Again"])
      expect((await post(action, { resolution })).statusCode).toBe(303);
    const { rows } = await cart.db.execute(sql`select reason from audit_entries where action = 'resolve matter'`);
    expect(rows).toEqual([{ reason: "Paid back in the dashboard" }]);
    expect(await get(`/admin/orders/${reference}`)).not.toContain("Another amount was paid");
  });
});

describe("an address that orders without end", { timeout: 60_000 }, () => {
  it("is told to wait, and may look at pages all the same", async () => {
    const statuses = new Set<number>();
    for (let time = 0; time < 61; time += 1) statuses.add((await cart.post("/checkout", {})).statusCode);
    expect(statuses).toContain(429);
    expect((await cart.get("/")).statusCode).toBe(200);
  });
});
