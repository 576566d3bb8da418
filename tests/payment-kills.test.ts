import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, TEST_SECRET, type TestApp } from "./app.ts";
import { aMerchant, makeDue } from "./builders/payments.ts";
import { aMember } from "./builders/publication.ts";
import { giveRole } from "./builders/roles.ts";
import { aProduct } from "./builders/shop.ts";
import { signedIn } from "./builders/signed-in.ts";
import { brokenRules, VISA } from "./paying.ts";
import { openPaymentWorkers, type PaymentWorker } from "./payment-workers.ts";
import { SIMULATED_MERCHANT, type SimulatedSumUp, startSimulatedSumUp } from "./simulated-sumup.ts";

/** Before every single statement, and not only around what others see: KILL_EVERYWHERE=1. */
const EVERYWHERE = process.env["KILL_EVERYWHERE"] === "1";

let cart: TestApp;
let sumup: SimulatedSumUp;
let workers: ReturnType<typeof openPaymentWorkers>;
let staff: Record<string, string>;
let things = 0;
beforeAll(async () => {
  sumup = await startSimulatedSumUp();
  const env = { SUMUP_HOST: sumup.host, SUMUP_KEYS: `${SIMULATED_MERCHANT.code}:${SIMULATED_MERCHANT.key}` };
  cart = await openTestApp("cart", { env });
  await aMerchant(cart.db);
  const efua = await aMember(cart.db, { handle: "efua", name: "Efua" });
  await giveRole(cart.db, efua, "steward", "cart");
  staff = await signedIn(cart, "cart", efua);
  const { DATABASE_URL, MEDIA_DIR } = cart.app.runtime.config;
  workers = openPaymentWorkers({
    ...{ ...env, DATABASE_URL, MEDIA_DIR, DEPLOYMENT_SECRET: TEST_SECRET, DATABASE_POOL: "4", PORT: "0", PAGE_CACHE: "off" },
    ...{ PORTS: "blog=9,market=9,cart=9,events=9,federation=9,account=9", MAIL_URL: "smtp://127.0.0.1:9", LOG_LEVEL: "silent" },
  });
}, 60_000);
afterAll(async () => {
  await workers.close();
  await cart.close();
  await sumup.close();
}, 60_000);

type Cookies = Record<string, string>;
const send = (worker: PaymentWorker, url: string, form: Record<string, string>, cookies: Cookies) => {
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const headers = { host: new URL(cart.origin).host, origin: cart.origin, accept: "text/html", cookie: cookie.join("; ") };
  const type = { "content-type": "application/x-www-form-urlencoded" };
  return worker.tell({
    do: "request",
    method: "POST",
    url,
    headers: { ...headers, ...type },
    payload: new URLSearchParams(form).toString(),
  });
};
const hook = (worker: PaymentWorker, id: string) => {
  const headers = { host: new URL(cart.origin).host, "content-type": "application/json" };
  const payload = JSON.stringify({ event_type: "CHECKOUT_STATUS_CHANGED", id });
  return worker.tell({ do: "request", method: "POST", url: "/webhooks/sumup", headers, payload });
};

/** Rounds of a process until nothing is due any more, with time that flies once it has done what it was at. */
async function settleAll(worker: PaymentWorker): Promise<void> {
  await worker.tell({ do: "rest" });
  for (let round = 0; round < 20; round += 1) {
    await makeDue(cart.db);
    if ((await worker.tell({ do: "round" }))?.isMore !== true) return;
  }
}

interface Bought extends Record<string, unknown> {
  reference: string;
  status: string;
}

/** A guest with two of a thing of which there are ten. */
async function aBuyer() {
  things += 1;
  const slug = `thing-${things}`;
  await aProduct(cart.db, { slug, stock: 10, priceMinor: 420, vatClass: "standard" });
  const cookies: Cookies = {};
  for (const { name, value } of (await cart.post("/cart/lines", { product: slug, quantity: "2" })).cookies) cookies[name] = value;
  const form = { name: "Grace", email: "grace@example.org", shownTotalMinor: "840" };
  const orders = async () => {
    const { rows } = await cart.db.execute<Bought>(sql`
      select orders.reference, orders.status from orders join order_lines on order_lines.order_id = orders.id
      join products on products.id = order_lines.product_id where products.slug = ${slug} order by orders.id`);
    return rows;
  };
  const checkouts = async () => {
    const [order] = await orders();
    return order === undefined ? [] : sumup.simulator.list().filter((one) => one.reference.startsWith(`${order.reference}-`));
  };
  return { slug, cookies, form, orders, checkouts, place: (worker: PaymentWorker) => send(worker, "/checkout", form, cookies) };
}
type Buyer = Awaited<ReturnType<typeof aBuyer>>;

/** What a buyer does who finds the page broken: they press again, whatever there is to press. */
async function goOn(worker: PaymentWorker, { cookies, orders, place, checkouts }: Buyer): Promise<void> {
  const [order] = await orders();
  if (order === undefined) await place(worker);
  else if (order.status === "pending_payment") await send(worker, `/orders/${order.reference}/payment`, {}, cookies);
  await settleAll(worker);
  const open = (await checkouts()).find(({ status }) => status === "PENDING" || status === "FAILED");
  if (open !== undefined) {
    sumup.simulator.pay(open, VISA);
    await hook(worker, open.id);
  }
  await settleAll(worker);
}

async function expectBoughtOnce({ slug, orders, checkouts }: Buyer, status = "paid"): Promise<void> {
  expect((await orders()).map((order) => order.status)).toEqual([status]);
  expect((await checkouts()).filter((one) => one.status === "PAID")).toHaveLength(1);
  const { rows } = await cart.db.execute(sql`
    select stock, (select count(*)::int from ledger_entries join orders on orders.id = order_id join order_lines as line on line.order_id = orders.id
      where line.product_id = products.id and ledger_entries.kind = 'sale') as sales,
      (select array_agg(coalesce(details->>'status', 'placed') order by activity.id) from ap_activities as activity
        join order_lines as line on line.order_id::text = activity.object_id
        where line.product_id = products.id and object_type = 'Order') as told
    from products where slug = ${slug}`);
  expect(rows).toEqual([{ stock: 8, sales: 1, told: ["placed", "paid", ...(status === "paid" ? [] : [status])] }]);
  expect(await brokenRules(cart.db)).toEqual([]);
}

async function aPaidBuyer(worker: PaymentWorker): Promise<Buyer> {
  const buyer = await aBuyer();
  await buyer.place(worker);
  await goOn(worker, buyer);
  return buyer;
}

/** Steps before which a process is killed: around what others see (commits, questions to SumUp), and within each transaction. */
function pointsOf(steps: readonly string[]): readonly number[] {
  const isSeen = (what: string | undefined) => what !== undefined && /^(commit|(GET|POST|DELETE) \/)/i.test(what);
  const points = steps.flatMap((what, at) => {
    const isWrite = /^(insert|update|delete)/i.test(what) && !isSeen(steps[at - 1]);
    return EVERYWHERE || isSeen(what) || isSeen(steps[at - 1]) || (isWrite && at % 3 === 0) ? [at] : [];
  });
  expect(points.length).toBeGreaterThan(4);
  return points;
}

/** The steps of some work in a process that lives, and has done such work before. */
async function stepsOf(worker: PaymentWorker, work: () => Promise<unknown>): Promise<readonly string[]> {
  worker.arm(null);
  await work();
  return (await worker.tell({ do: "steps" }))?.steps ?? [];
}

/** A process is killed at a step of some work; the one that is started after it. */
async function killDuring(worker: PaymentWorker, killAt: number, work: () => Promise<unknown>): Promise<PaymentWorker> {
  worker.arm(killAt);
  await work();
  await expect.poll(() => [killAt, worker.isDead()], { timeout: 15_000 }).toEqual([killAt, true]);
  return workers.next();
}

describe("a process of the cart that is killed by signal 9", { timeout: 600_000 }, () => {
  it("anywhere while somebody orders: they order once, and pay once", async () => {
    let worker = await workers.next();
    await aPaidBuyer(worker);
    const first = await aBuyer();
    for (const killAt of pointsOf(await stepsOf(worker, () => first.place(worker)))) {
      const buyer = await aBuyer();
      worker = await killDuring(worker, killAt, () => buyer.place(worker));
      await goOn(worker, buyer);
      await expectBoughtOnce(buyer);
    }
    worker.end();
  });

  it("anywhere while SumUp calls: what was paid is sold once", async () => {
    let worker = await workers.next();
    const placed = async () => {
      const buyer = await aBuyer();
      await buyer.place(worker);
      const [checkout] = await buyer.checkouts();
      sumup.simulator.pay(checkout ?? expect.fail("no checkout"), VISA);
      return { buyer, id: checkout?.id ?? "" };
    };
    const isPaid = async ({ orders }: Buyer) => (await orders())[0]?.status === "paid";
    await aPaidBuyer(worker);
    const first = await placed();
    const steps = await stepsOf(worker, async () => {
      await hook(worker, first.id);
      await expect.poll(() => isPaid(first.buyer), { timeout: 10_000 }).toBe(true);
    });
    for (const killAt of pointsOf(steps)) {
      const { buyer, id } = await placed();
      worker = await killDuring(worker, killAt, () => hook(worker, id));
      await hook(worker, id); // SumUp calls again where it got no answer
      await settleAll(worker);
      await expectBoughtOnce(buyer);
    }
    worker.end();
  });

  it("anywhere while staff give money back: it goes back once, however often they press", async () => {
    let worker = await workers.next();
    const refund = async ({ orders }: Buyer, requestKey: string) =>
      send(
        worker,
        `/admin/orders/${(await orders())[0]?.reference}/refunds`,
        { requestKey, amount: "4.20", reason: "asked", note: "" },
        staff,
      );
    const isBack = async ({ orders }: Buyer) => (await orders())[0]?.status === "partly_refunded";
    const giveBack = async (buyer: Buyer) => {
      await refund(buyer, randomUUID());
      await expect.poll(() => isBack(buyer), { timeout: 10_000 }).toBe(true);
    };
    await giveBack(await aPaidBuyer(worker));
    const first = await aPaidBuyer(worker);
    for (const killAt of pointsOf(await stepsOf(worker, () => giveBack(first)))) {
      const buyer = await aPaidBuyer(worker);
      const key = randomUUID();
      worker = await killDuring(worker, killAt, () => refund(buyer, key));
      const again = await refund(buyer, key);
      expect([killAt, again?.status]).toEqual([killAt, 303]);
      await settleAll(worker);
      await expectBoughtOnce(buyer, "partly_refunded");
      const [checkout] = await buyer.checkouts();
      expect([killAt, checkout?.transactions.at(-1)?.refunds.map(({ amount }) => amount)]).toEqual([killAt, [4.2]]);
    }
    worker.end();
  });
});
