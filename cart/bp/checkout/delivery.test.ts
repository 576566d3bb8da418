import { eq } from "drizzle-orm";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { orderLines, orders } from "../../../shared/models/cart.ts";
import type { OrderCycleId } from "../../../shared/models/ids.ts";
import { pickUps } from "../../../shared/models/order-cycles.ts";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { brokenRules } from "../../../tests/broken-rules.ts";
import { aCycle } from "../../../tests/builders/cycle.ts";
import { aMerchant, aPerson, passHold } from "../../../tests/builders/payments.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { type SimulatedSumUp, startSimulatedSumUp } from "../../../tests/simulated-sumup.ts";

let cart: TestApp;
let sumup: SimulatedSumUp;
let cycleId: OrderCycleId;
let [hall, bicycle] = [0, 0];
beforeAll(async () => {
  sumup = await startSimulatedSumUp();
  cart = await openTestApp("cart", { env: { SUMUP_HOST: sumup.host, SUMUP_KEYS: "MCOOP:sup_sk_one" } });
  await aMerchant(cart.db);
  const butter = await aProduct(cart.db, { slug: "butter", stock: 0, priceMinor: 500 });
  cycleId = await aCycle(cart.db, {}, { products: [butter] });
  const soon = new Date(Date.now() + 3 * 86_400_000);
  const times = { cycleId, startsAt: soon, endsAt: new Date(soon.getTime() + 3_600_000) };
  const made = await cart.db
    .insert(pickUps)
    .values([
      { ...times, place: "The hall" },
      { ...times, place: "By bicycle", feeMinor: 350, freeFromMinor: 2000, areas: ["BD23", "BD24"] },
    ])
    .returning({ id: pickUps.id });
  [hall, bicycle] = made.map(({ id }) => Number(id)) as [number, number];
});
afterAll(async () => {
  expect(await brokenRules(cart.db)).toEqual([]);
  await cart.close();
  await sumup.close();
});

async function aBuyer(quantity: string) {
  const cookies: Record<string, string> = {};
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) cookies[name] = value;
    return response;
  };
  const get = async (path: string) => keep(await cart.get(path, { cookies }));
  const post = async (path: string, form: Record<string, string>) => keep(await cart.post(path, form, { cookies }));
  await post("/cart/lines", { product: "butter", quantity, cycle: String(cycleId) });
  const order = (change: Record<string, string>) =>
    post("/checkout", {
      ...{ name: "Grace", email: "grace@example.org", shownTotalMinor: String(Number(quantity) * 500) },
      ...{
        [`pickUp-${cycleId}`]: String(bicycle),
        [`fee-${bicycle}`]: "350",
        address: "1 Mill <b>Lane</b> \r\n\r\n Thornley",
        postcode: "bd23 1aa",
      },
      ...change,
    });
  return { get, order };
}
const newest = async () => (await cart.db.select().from(orders).orderBy(orders.id)).at(-1) ?? expect.fail("no order");

describe("what comes with a cycle", { timeout: 60_000 }, () => {
  it("is offered to be fetched or brought, with the price beside it", async () => {
    const { get } = await aBuyer("1");
    expect((await get("/checkout")).body).toMatch(/By bicycle: brought to you for £3\.50, free from £20\.00, to BD23, BD24/);
    const rich = await aBuyer("4");
    expect((await rich.get("/checkout")).body).toContain("By bicycle: brought to you for nothing");
    expect((await get("/")).body).toMatch(/fetched, or brought.*brought: By bicycle/s);
  });

  it("is brought for the fee, a line of its own with its tax, and the address stands with the order alone", async () => {
    const { get, order } = await aBuyer("2");
    const placed = await order({});
    expect([placed.statusCode, placed.headers.location]).toEqual([303, expect.stringContaining("/pay/")]);
    const { id, reference, totalMinor } = await newest();
    expect(totalMinor).toBe(1350);
    const lines = await cart.db.select().from(orderLines).where(eq(orderLines.orderId, id)).orderBy(orderLines.position);
    expect(lines.map(({ name, kind, unitPriceMinor, vatClass }) => [name, kind, unitPriceMinor, vatClass])).toEqual([
      ["butter", null, 500, "zero"],
      ["Delivery: By bicycle", "delivery", 350, "standard"],
    ]);
    expect((await get(`/orders/${reference}`)).body).toMatch(
      /brought \(By bicycle\) to 1 Mill &lt;b&gt;Lane&lt;\/b&gt;, Thornley, BD23 1AA/,
    );
    const by = await aPerson(cart.db);
    await cart.app.transaction((tx) => cart.services.payments.payByHand(tx, { orderId: id, kind: "cash", by, paidAt: new Date() }));
    const lists = await cart.services.cycleDesk.listPickUpLists(cycleId);
    expect(lists.flatMap((list) => list.orders.map(({ address }) => address))).toEqual(["1 Mill <b>Lane</b>\nThornley\nBD23 1AA"]);
  });

  it("is brought for nothing from an amount on, and paid late all the same", async () => {
    const { order } = await aBuyer("4");
    expect((await order({ [`fee-${bicycle}`]: "0" })).statusCode).toBe(303);
    const { id, totalMinor } = await newest();
    expect(totalMinor).toBe(2000);
    await passHold(cart.db, id, 40);
    await cart.app.transaction((tx) => cart.services.payments.expireOrders(tx, 100));
    const by = await aPerson(cart.db);
    await cart.app.transaction((tx) => cart.services.payments.payByHand(tx, { orderId: id, kind: "cash", by, paidAt: new Date() }));
    expect((await newest()).status).toBe("paid");
  });

  it("fetched needs no address and costs nothing more", async () => {
    const { order } = await aBuyer("1");
    const placed = await order({ [`pickUp-${cycleId}`]: String(hall), address: "", postcode: "" });
    expect([placed.statusCode, (await newest()).totalMinor]).toEqual([303, 500]);
  });

  it.each([
    [{ address: "" }, 422, "Say where it is brought to"],
    [{ postcode: "LS1 1AA" }, 422, "It is not brought there"],
    [{ postcode: "" }, 422, "It is not brought there"],
  ])("with %j is given back", async (change, status, words) => {
    const given = await (await aBuyer("1")).order(change);
    expect([given.statusCode, given.body.includes(words)]).toEqual([status, true]);
  });

  it.each(["0", "-350", "", "999999999999"])("is not brought for a fee of %j that no page has said", async (fee) => {
    const given = await (await aBuyer("1")).order({ [`fee-${bicycle}`]: fee });
    expect([given.statusCode, given.body.includes("The prices have changed")]).toEqual([409, true]);
  });
});
