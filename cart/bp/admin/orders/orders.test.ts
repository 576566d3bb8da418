import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserId } from "../../../../shared/models/ids.ts";
import { products } from "../../../../shared/models/market.ts";
import { openTestApp, type TestApp } from "../../../../tests/app.ts";
import { aCycle } from "../../../../tests/builders/cycle.ts";
import { aMerchant, aPlacedOrder } from "../../../../tests/builders/payments.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

let cart: TestApp;
let efua: UserId;
let staff: Record<string, string>;
beforeAll(async () => {
  cart = await openTestApp("cart");
  await aMerchant(cart.db);
  await aProduct(cart.db, { slug: "rye", name: "Rye <i>loaf</i>", stock: 100, priceMinor: 420, vatClass: "standard" });
  efua = await aMember(cart.db, { handle: "efua", name: "Efua" });
  await giveRole(cart.db, efua, "steward", "cart");
  staff = await signedIn(cart, "cart", efua);
});
afterAll(() => cart.close());

const get = async (path: string) => (await cart.get(path, { cookies: staff })).body;
const post = (path: string, form: Record<string, string>, cookies = staff) => cart.post(path, form, { cookies });
const stateOf = async (reference: string) => (await cart.services.orders.find(reference))?.status;

async function aPaidOrder(wish: Record<string, number> = { rye: 2 }) {
  const placed = await aPlacedOrder(cart, wish);
  const payment = { orderId: placed.orderId, kind: "cash" as const, by: efua, paidAt: new Date() };
  await cart.app.transaction((tx) => cart.services.payments.payByHand(tx, payment));
  return { ...placed, path: `/admin/orders/${placed.reference}` };
}

describe("notes on an order", { timeout: 60_000 }, () => {
  it("say who wrote what and when, to staff alone, and stand in the log", async () => {
    const { path, reference } = await aPaidOrder();
    expect((await post(`${path}/notes`, { words: "Call her <b>first</b>\nshe is deaf in the left ear" })).statusCode).toBe(303);
    const page = await get(path);
    for (const words of ["Call her &lt;b&gt;first&lt;/b&gt;", "Efua", "It can’t be changed afterwards"]) expect(page).toContain(words);
    const { rows } = await cart.db.execute(sql`
      select actor, after from audit_entries where action = 'write note' and subject = 'order:' || (select id from orders where reference = ${reference})`);
    expect(rows).toEqual([{ actor: `user:${efua}`, after: { letters: 49 } }]);
    expect((await post(`${path}/notes`, { words: "x" }, {})).statusCode).toBe(404);
  });

  it.each([
    ["nothing", "  \u0000 "],
    ["too much", "x".repeat(1001)],
  ])("of %s are given back", async (_what, words) => {
    const { path } = await aPaidOrder();
    const again = await post(`${path}/notes`, { words });
    expect([again.statusCode, again.body.includes("field-error")]).toEqual([422, true]);
  });
});

describe("the list of orders", { timeout: 60_000 }, () => {
  it("can be asked for days, a merchant, and those that somebody has to look at; links keep the question", async () => {
    const { reference, orderId } = await aPaidOrder();
    await cart.db.execute(sql`update orders set created_at = '2025-03-30 00:30:00+00' where id = ${orderId}`);
    await cart.db.execute(sql`insert into payment_matters (kind, subject, order_id) values ('paid_twice', 'attempt:4711', ${orderId})`);
    for (const query of ["from=2025-03-30&until=2025-03-30", "until=2025-12-31&merchant=MCOOP", "matter=1", "until=2025-03-30&status=paid"])
      expect([query, (await get(`/admin/orders?${query}`)).includes(reference)]).toEqual([query, true]);
    for (const query of ["from=2025-03-31&until=2025-12-31", "until=2025-03-29", "merchant=MOTHER", "matter=1&from=2026-01-01"])
      expect([query, (await get(`/admin/orders?${query}`)).includes(`/admin/orders/${reference}"><`)]).toEqual([query, false]);
    expect(await get("/admin/orders?until=2025-03-30&q=%22%3E")).toContain("/admin/orders.csv?q=%22%3E&amp;until=2025-03-30");
    await cart.db.execute(sql`update payment_matters set resolved_at = now()`);
  });

  it.each(["from=x", "until=2026-99-99", "merchant=%27;--", "matter=2", "status=nope", "page=0"])("is there for %s", async (query) => {
    expect((await cart.get(`/admin/orders?${query}`, { cookies: staff })).statusCode).toBe(200);
  });
});

describe("pick lists", { timeout: 60_000 }, () => {
  it("have what is paid and comes from the shelf, together and order by order, with notes, until it is ready", async () => {
    const first = await aPaidOrder({ rye: 3 });
    await post(`${first.path}/notes`, { words: "No plastic" });
    const page = await get("/admin/orders/pick-lists");
    for (const words of ["At the counter", first.reference, "Rye &lt;i&gt;loaf&lt;/i&gt;", "Note: No plastic"])
      expect(page).toContain(words);
    const lists = await cart.services.orders.listToPick();
    const pieces = lists
      .flatMap((list) => list.orders)
      .flatMap(({ lines }) => lines)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    expect(page).toContain(`${pieces} ×`);
    await post(`${first.path}/state`, { to: "ready" });
    expect(await get("/admin/orders/pick-lists")).not.toContain(first.reference);
    expect((await cart.get("/admin/orders/pick-lists")).statusCode).toBe(404);
  });

  it("leave out what waits for its money, what comes by order alone, and what is no goods", async () => {
    const waiting = await aPlacedOrder(cart, { rye: 1 });
    await aProduct(cart.db, { slug: "case-of-oil", stock: 0 });
    const [product] = await cart.db.select({ id: products.id }).from(products).where(sql`slug = 'case-of-oil'`);
    const cycleId = await aCycle(cart.db, {}, { products: [product?.id ?? expect.fail()] });
    const ada = await aMember(cart.db, { handle: "ada" });
    const owner = { kind: "member" as const, userId: ada };
    await cart.db.transaction((tx) => cart.services.cart.addShare(tx, owner, { productSlug: "case-of-oil", quantity: 1, cycleId }));
    const byOrder = await aPaidOrderOf(owner);
    const mixed = await aPaidOrder({ rye: 1 });
    await cart.db.execute(sql`
      insert into order_lines (order_id, kind, ref, name, quantity, unit_price_minor, position)
      values (${mixed.orderId}, 'ticket', '1', 'A seat at the supper', 1, 0, 9)`);
    const page = await get("/admin/orders/pick-lists");
    for (const reference of [waiting.reference, byOrder.reference, "A seat at the supper"]) expect(page).not.toContain(reference);
    expect(page).toContain(mixed.reference);
  });
});

async function aPaidOrderOf(owner: Parameters<typeof aPlacedOrder>[2]) {
  const placed = await aPlacedOrder(cart, {}, owner);
  const payment = { orderId: placed.orderId, kind: "cash" as const, by: efua, paidAt: new Date() };
  await cart.app.transaction((tx) => cart.services.payments.payByHand(tx, payment));
  return { ...placed, path: `/admin/orders/${placed.reference}` };
}

describe("an order that something holds", { timeout: 60_000 }, () => {
  const hold = (orderId: number) =>
    cart.db.execute(sql`
      insert into relation_facts (relation, arguments, asserted_by, reason)
      values ('cart.held', ${JSON.stringify([`order:${orderId}`, "paid", "ready"])}::jsonb, ${`user:${efua}`}, 'the crate is broken')`);

  it("says why it can't go on, with the proof, and does not go on", async () => {
    const { orderId, path, reference } = await aPaidOrder();
    await hold(orderId);
    const moved = await post(`${path}/state`, { to: "ready" });
    expect([moved.statusCode, moved.headers.location]).toEqual([303, `${path}/why#to-ready`]);
    expect(await stateOf(reference)).toBe("paid");
    const page = await get(`${path}/why`);
    for (const words of ["not yet", "stated by Efua", "Let it go all the same", "Being packed"]) expect(page).toContain(words);
    expect((await post(`${path}/state`, { to: "preparing" })).headers.location).toBe(path); // that way nothing holds
  });

  it("goes on when staff let it: an assertion in their name, with a reason, in the log", async () => {
    const { orderId, path, reference } = await aPaidOrder();
    await hold(orderId);
    const silent = await post(`${path}/override`, { to: "ready", "reason-ready": " " });
    expect([silent.statusCode, silent.body.includes("Say why"), await stateOf(reference)]).toEqual([422, true, "paid"]);
    expect((await post(`${path}/override`, { to: "ready", "reason-ready": "mended it" })).statusCode).toBe(303);
    expect(await stateOf(reference)).toBe("ready");
    const { rows } = await cart.db.execute(sql`
      select asserted_by, reason from relation_facts where relation = 'cart.may_move' and arguments ->> 0 = ${`order:${orderId}`}`);
    expect(rows).toEqual([{ asserted_by: `user:${efua}`, reason: "mended it" }]);
    const { rows: log } = await cart.db.execute(
      sql`select actor, reason, after from audit_entries where action = 'override' and subject = ${`order:${orderId}`}`,
    );
    expect(log).toEqual([{ actor: `user:${efua}`, reason: "mended it", after: { status: "ready" } }]);
  });

  it("goes no way that the list does not have, for nobody; and strangers find nothing", async () => {
    const { path, reference } = await aPaidOrder();
    for (const to of ["done", "refunded", "paid", "collected"])
      expect([to, (await post(`${path}/override`, { to, [`reason-${to}`]: "I want it" })).statusCode]).toEqual([to, 409]);
    expect((await post(`${path}/override`, { to: "ready", "reason-ready": "mine" }, {})).statusCode).toBe(404);
    expect((await cart.get(`${path}/why`)).statusCode).toBe(404);
    expect(await stateOf(reference)).toBe("paid");
  });

  it("is not held by a shelf that it has emptied itself", async () => {
    await aProduct(cart.db, { slug: "last-jar", stock: 1 });
    const { path, reference } = await aPaidOrder({ "last-jar": 1 });
    expect((await post(`${path}/state`, { to: "ready" })).headers.location).toBe(path);
    expect(await stateOf(reference)).toBe("ready");
  });

  it("shows what somebody should look at, with the proof", async () => {
    const { orderId, path } = await aPaidOrder();
    await cart.db.execute(sql`insert into payment_matters (kind, subject, order_id) values ('charge_back', 'attempt:4712', ${orderId})`);
    const page = await get(`${path}/why`);
    for (const words of ["Somebody should look", "charge_back", "open matters of payments"]) expect(page).toContain(words);
  });
});
