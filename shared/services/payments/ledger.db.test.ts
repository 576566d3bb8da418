import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aMerchant, aPerson, aPlacedOrder, passHold } from "../../../tests/builders/payments.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { brokenRules } from "../../../tests/paying.ts";
import type { SeenCheckout } from "../../contracts/payments.ts";
import type { OrderId, UserId } from "../../models/ids.ts";
import { ledgerEntries, postings } from "../../models/ledger.ts";
import { record } from "./ledger.ts";

const SEED = 20_261_127;
const OPERATIONS = 1000;

let cart: TestApp;
let by: UserId;
beforeAll(async () => {
  cart = await openTestApp("cart");
  await aMerchant(cart.db);
  by = await aPerson(cart.db);
  for (const [index, vatClass] of (["zero", "reduced", "standard"] as const).entries()) {
    await aProduct(cart.db, { slug: `thing-${vatClass}`, stock: 100_000, priceMinor: 137 + index * 211, vatClass });
  }
});
afterAll(() => cart.close());

const entry = (key: string, sides: { account: string; amountMinor: number }[], currency = "GBP") => ({
  key,
  kind: "correction" as const,
  orderId: null,
  by: null,
  currency,
  valueOn: null,
  sides,
});
const balanced = [
  { account: "cash:MCOOP", amountMinor: 500 },
  { account: "rounding", amountMinor: -500 },
];

describe("an entry", () => {
  it("whose sides come to nothing is written, once for its key", async () => {
    expect(await cart.db.transaction((tx) => record(tx, entry("whole", balanced)))).toBe(true);
    expect(await cart.db.transaction((tx) => record(tx, entry("whole", balanced)))).toBe(false);
  });

  it.each([
    ["off by a penny", [balanced[0], { account: "rounding", amountMinor: -499 }]],
    ["with one side", [balanced[0]]],
  ])("%s is refused at the commit", async (what, sides) => {
    const given = sides.filter((side) => side !== undefined);
    await expect(cart.db.transaction((tx) => record(tx, entry(what, given)))).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/is off by|has no two sides/) },
    });
  });

  it("without any side, of two currencies, with a later side, of an account that nobody knows: refused", async () => {
    const bare = cart.db.insert(ledgerEntries).values({ key: "bare", kind: "sale" });
    await expect(bare).rejects.toMatchObject({ cause: { message: expect.stringContaining("has no two sides") } });
    const [whole] = await cart.db.select().from(ledgerEntries);
    const id = whole?.id ?? expect.fail();
    const mixed = cart.db.transaction(async (tx) => {
      const [made] = await tx.insert(ledgerEntries).values({ key: "mixed", kind: "sale" }).returning({ id: ledgerEntries.id });
      const entryId = made?.id ?? expect.fail();
      await tx.insert(postings).values([
        { entryId, account: "cash:MCOOP", amountMinor: 500, currency: "GBP" },
        { entryId, account: "rounding", amountMinor: -500, currency: "EUR" },
      ]);
    });
    await expect(mixed).rejects.toMatchObject({ cause: { message: expect.stringContaining("is off by") } });
    const later = cart.db.insert(postings).values(balanced.map((side) => ({ ...side, entryId: id, currency: "GBP" })));
    await expect(later).rejects.toMatchObject({ cause: { message: expect.stringContaining("was written before") } });
    await expect(cart.db.transaction((tx) => record(tx, entry("nowhere", [{ account: "mine", amountMinor: 1 }])))).rejects.toThrow();
  });

  it.each([
    "update postings set amount_minor = 1",
    "delete from postings",
    "truncate postings",
    "update ledger_entries set kind = 'sale'",
    "delete from ledger_entries",
    "truncate receipts",
  ])("does not change: %s", async (statement) => {
    await expect(cart.db.execute(sql.raw(statement))).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/append-only|referenced/) },
    });
  });
});

describe(`a thousand random operations (seed ${SEED})`, () => {
  it("leave a ledger that comes to nothing, and every rule of money whole", { timeout: 120_000 }, async () => {
    const random = randomFrom(SEED);
    const orders: OrderId[] = [];
    const done: Record<string, number> = {};
    for (let step = 0; step < OPERATIONS; step += 1) {
      const name = random() < 0.25 || orders.length < 3 ? "place" : (NAMES[Math.floor(random() * NAMES.length)] ?? "paid");
      const orderId = orders[Math.floor(random() * orders.length)] ?? (0 as OrderId);
      if (name === "place") {
        const wish = Object.fromEntries(
          ["zero", "reduced", "standard"].slice(Math.floor(random() * 3)).map((one) => [`thing-${one}`, 1 + Math.floor(random() * 4)]),
        );
        orders.push((await aPlacedOrder(cart, wish)).orderId);
      } else await OPERATIONS_BY_NAME[name]?.(orderId, random, step);
      done[name] = (done[name] ?? 0) + 1;
      if (step % 250 === 249) expect([step, await brokenRules(cart.db)]).toEqual([step, []]);
    }
    expect(Object.keys(done).toSorted()).toEqual(["place", ...NAMES].toSorted()); // each of them was tried
    const { rows } = await cart.db.execute<{ paid: number; held: number }>(sql`
      select (select coalesce(sum(amount_minor - refunded_minor), 0)::int from payment_attempts where state = 'paid') as paid,
        (select sum(amount_minor)::int from postings join ledger_entries on ledger_entries.id = entry_id
          where account ~ '^(sumup|cash|bank):' and kind not in ('suspense', 'correction', 'dispute')) as held`);
    expect(rows[0]?.held).toBe(rows[0]?.paid);
    expect(rows[0]?.paid).toBeGreaterThan(0);
  });
});

type Operation = (orderId: OrderId, random: () => number, step: number) => Promise<unknown>;

const seeing = (orderId: OrderId, change: (seen: SeenCheckout) => Partial<SeenCheckout>) => async (): Promise<unknown> => {
  const { payments } = cart.services;
  await cart.app.transaction((tx) => payments.openAttempt(tx, orderId));
  const attempt = await payments.findNewest(orderId);
  if (attempt === null) return "no payment";
  const { reference, amountMinor, currency, merchantCode } = attempt;
  const transactions = [{ id: `t-${attempt.id}`, code: "T", amountMinor, currency, status: "SUCCESSFUL" }];
  const seen: SeenCheckout = { id: `c-${attempt.id}`, reference, amountMinor, currency, merchantCode, status: "PAID", transactions };
  return cart.app.transaction((tx) => payments.settle(tx, attempt.id, { ...seen, ...change(seen) }));
};

async function refundSome(orderId: OrderId, random: () => number, step: number): Promise<void> {
  const { payments } = cart.services;
  const amountMinor = 1 + Math.floor(random() * 900);
  const asked = { orderId, amountMinor, reason: "goodwill" as const, note: "", by, requestKey: `step-${step}`, way: "as-it-came" as const };
  await cart.app.transaction((tx) => payments.requestRefund(tx, asked));
}

async function workOnRefunds(random: () => number): Promise<void> {
  const { payments } = cart.services;
  await cart.db.execute(sql`update refunds set look_at = now() where look_at is not null`);
  for (const { id } of await cart.app.transaction((tx) => payments.claimRefunds(tx, 3))) {
    await cart.app.transaction((tx) => payments.beginRefund(tx, id, 0));
    const end = [payments.finishRefund, payments.finishRefund, payments.resendRefund][Math.floor(random() * 3)] ?? payments.finishRefund;
    await cart.app.transaction((tx) => end(tx, id));
    if (random() < 0.3) await cart.app.transaction((tx) => payments.finishRefund(tx, id)); // told twice
  }
}

const OPERATIONS_BY_NAME: Readonly<Record<string, Operation>> = {
  paid: (orderId) => seeing(orderId, () => ({}))(),
  failed: (orderId) => seeing(orderId, () => ({ status: "FAILED" }))(),
  short: (orderId) => seeing(orderId, ({ amountMinor }) => ({ amountMinor: (amountMinor ?? 0) - 1 }))(),
  expire: (orderId) => passHold(cart.db, orderId).then(() => seeing(orderId, () => ({ status: "EXPIRED" }))()),
  sweep: () => cart.app.transaction((tx) => cart.services.payments.expireOrders(tx, 5)),
  cancel: (orderId) => refusedOr(cart.app.transaction((tx) => cart.services.orders.cancel(tx, orderId, { kind: "buyer" }))),
  cash: (orderId) =>
    refusedOr(cart.app.transaction((tx) => cart.services.payments.payByHand(tx, { orderId, kind: "cash", by, paidAt: new Date() }))),
  refund: refundSome,
  work: (_orderId, random) => workOnRefunds(random),
  ready: (orderId) => refusedOr(cart.app.transaction((tx) => cart.services.orders.move(tx, orderId, "ready", by))),
};
const NAMES = Object.keys(OPERATIONS_BY_NAME);

/** What the order does not allow is refused, and no other error is. */
async function refusedOr(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => expect(error).toMatchObject({ code: expect.stringMatching(/^order-/) }));
}

/** mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
