import { randomInt } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import { type CyclesService, deliveryFee, isBroughtTo } from "../../contracts/cycles.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import type { OrdersService, PlacedOrder, PlaceResult, Placing } from "../../contracts/orders.ts";
import { PAYMENT_MINUTES } from "../../contracts/payments.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { DELIVERY, orderLines, orders } from "../../models/cart.ts";
import { orderDiscounts } from "../../models/discounts.ts";
import type { CartId, MerchantId, OrderId } from "../../models/ids.ts";
import { VAT_BASIS_POINTS, type VatClass } from "../../models/vat.ts";
import { lockCart } from "../cart/owner.ts";
import type { IsFor } from "../cart/sold-to.ts";
import { type IsEntitled, isRunning, listCandidates } from "../discounts/candidates.ts";
import { offEach, type TakenOff, takeOff } from "../discounts/take-off.ts";
import type { Seller } from "../merchants/seller-of.ts";
import { completeFree } from "../payments/nothing-to-pay.ts";
import { holdKindLines, productLinesOf, type WantedLine } from "./cart-lines.ts";
import { reserve } from "./reserve.ts";

/** Purchases of one buyer that may wait for their money, and keep goods from others, at a time. */
const MOST_WAITING = 5;

export interface PlacingParts {
  cycles: Pick<CyclesService, "holdForCheckout" | "choosePickUp" | "findDelivery">;
  isFor: IsFor;
  isEntitled: IsEntitled;
  kinds: readonly LineKind[];
  /** Of receipts. */
  timeZone: string;
}

/** What one merchant is ordered from. off: what of the discounts each line bears; fees: for bringing it; totalMinor: less discounts, without fees. */
interface Basket {
  seller: Seller;
  lines: readonly WantedLine[];
  discounts: readonly TakenOff[];
  off: readonly number[];
  fees: readonly { ref: string; name: string; amountMinor: number }[];
  totalMinor: number;
}

/**
 * Orders of what a cart holds of the sellers that were asked for, one for each. Whoever places the same cart next to this one waits at
 * its row and finds it empty. Prices are read here once, and have to come to what the page said; goods by order are held by their
 * cycles, those from the shelf are reserved, and what others sell is held by them: all of it or nothing.
 */
export function makePlaceFromCart(parts: PlacingParts): OrdersService["placeFromCart"] {
  return async (tx, owner, placing) => {
    const cartId = await lockCart(tx, owner);
    const found = await basketsOf(tx, parts, { cartId, owner, sellers: placing.sellers });
    if (found.kind !== "baskets") return found;
    const totalMinor = found.baskets.reduce((sum, basket) => sum + basket.totalMinor, 0);
    if (totalMinor !== placing.shownTotalMinor) return { kind: "price-changed", totalMinor };
    const baskets = await withFees(tx, parts.cycles, { placing, baskets: found.baskets });
    if (baskets === null) return { kind: "price-changed", totalMinor };
    await tx.execute(sql`savepoint before_orders`);
    const written = await writeOrders(tx, { owner, placing, baskets });
    await choosePickUps(tx, parts.cycles, { placing, baskets, placed: written });
    const lineIds = sql.param(baskets.flatMap(({ lines }) => lines.map(({ lineId }) => lineId)));
    await tx.execute(sql`delete from cart_lines where id = any(${lineIds}::bigint[])`);
    // last: whoever wants the same waits here for the end of this transaction, and no longer
    const short = await reserve(tx, written);
    if (short.length > 0) {
      await tx.execute(sql`rollback to savepoint before_orders`);
      return { kind: "short", lines: short };
    }
    await completeThoseFree(tx, parts, written);
    purgeOnCommit(tx, [cartTag(owner)]);
    const placed = written.map(({ orderId, reference }) => ({ orderId, reference }));
    const [first] = placed;
    if (first === undefined) throw new Error("a basket makes an order");
    return { kind: "placed", ...first, orders: placed };
  };
}

/** What cost nothing after all discounts is paid with that. */
async function completeThoseFree(tx: Tx, { timeZone }: PlacingParts, written: readonly WrittenOrder[]): Promise<void> {
  for (const { orderId, basket } of written) {
    const { id: merchantId, currency } = basket.seller;
    if (dueOf(basket) === 0) await completeFree(tx, orderId, { merchantId: merchantId as MerchantId, currency, timeZone });
  }
}

type Found = { kind: "baskets"; baskets: readonly Basket[] } | Exclude<PlaceResult, { kind: "placed" | "price-changed" | "short" }>;

/** What the cart holds by seller, held and priced; or why it can't be ordered. */
async function basketsOf(
  tx: Tx,
  { cycles, isFor, isEntitled, kinds }: PlacingParts,
  { cartId, owner, sellers }: { cartId: CartId; owner: CartOwner; sellers: Placing["sellers"] },
): Promise<Found> {
  const held = await cycles.holdForCheckout(tx, owner);
  if (held.kind === "refused") return held;
  const others = await holdKindLines(tx, { cartId, owner, kinds });
  const isAsked = ({ seller }: WantedLine) => sellers === "all" || (seller !== null && sellers.includes(seller.id as MerchantId));
  const lines = [...(await productLinesOf(tx, cartId, owner)), ...others.lines].filter(isAsked);
  const waiting = await listWaiting(tx, owner);
  if (lines.length === 0) return { kind: "empty", latest: waiting[0] ?? null };
  if (waiting[0] !== undefined && waiting.length >= MOST_WAITING) return { kind: "too-many", latest: waiting[0] };
  const refused = others.refused.filter(({ lineId }) => lines.some((line) => line.lineId === lineId));
  if (refused.length > 0) return { kind: "not-had", lines: refused };
  for (const { soldTo } of lines) if (!(await isFor(owner, soldTo))) return { kind: "not-sold" };
  const taken = await discountsOf(tx, { owner, lines, isEntitled });
  const baskets: Basket[] = [];
  for (const own of Map.groupBy(lines, ({ seller }) => seller?.id ?? 0).values()) {
    const seller = own[0]?.seller ?? null;
    if (seller?.isActive !== true || own.some(({ currency }) => currency !== seller.currency)) return { kind: "not-sold" };
    const discounts = taken.filter(({ merchantId }) => merchantId === seller.id);
    const offAll = offEach(lines, discounts);
    const off = own.map((line) => offAll[lines.indexOf(line)] ?? 0);
    const totalMinor = own.reduce((sum, line, at) => sum + totalOf(line) - (off[at] ?? 0), 0);
    baskets.push({ seller, lines: own, discounts, off, fees: [], totalMinor });
  }
  return { kind: "baskets", baskets };
}

/** With what bringing them costs, each in the first basket that has something of its cycle. Null: a page said something else. */
async function withFees(
  tx: Tx,
  cycles: PlacingParts["cycles"],
  { placing, baskets }: { placing: Placing; baskets: readonly Basket[] },
): Promise<readonly Basket[] | null> {
  const full = baskets.map((basket) => ({ ...basket, fees: [...basket.fees] }));
  for (const { cycleId, pickUpId, shownFeeMinor, address } of placing.pickUps) {
    const rule = await cycles.findDelivery(tx, pickUpId);
    if ((rule === null) !== (address === null)) throw gone();
    const basket = full.find(({ lines }) => lines.some((line) => line.cycleId === cycleId));
    if (rule === null || address === null || basket === undefined) continue;
    if (!isBroughtTo(rule, address.postcode)) throw gone();
    const amountMinor = deliveryFee(rule, basket.totalMinor);
    if (amountMinor !== shownFeeMinor) return null;
    if (amountMinor > 0) basket.fees.push({ ref: String(pickUpId), name: `Delivery: ${rule.place}`, amountMinor });
  }
  return full;
}

const dueOf = ({ totalMinor, fees }: Basket) => fees.reduce((sum, { amountMinor }) => sum + amountMinor, totalMinor);

function gone(): CodedError {
  return new CodedError("pick-up-gone", "This pick-up has no room left, or is not there any more. Please choose another one.");
}

const totalOf = ({ quantity, unitPriceMinor }: WantedLine) => quantity * unitPriceMinor;

/** What is taken off these lines. Of what can be used so often whoever uses it takes turns: its last use is one. */
async function discountsOf(
  tx: Tx,
  { owner, lines, isEntitled }: { owner: CartOwner; lines: readonly WantedLine[]; isEntitled: IsEntitled },
): Promise<readonly TakenOff[]> {
  await tx.execute(sql`select id from discounts where max_uses is not null and ${isRunning("discounts")} order by id for update`);
  const productIds = lines.flatMap(({ productId }) => (productId === null ? [] : [productId]));
  const candidates = await listCandidates(tx, owner, productIds);
  const isFor = await isEntitled(owner, candidates);
  const discounted = lines.map((line) => ({
    productId: line.productId,
    merchantId: (line.seller?.id ?? null) as MerchantId | null,
    totalMinor: totalOf(line),
  }));
  return takeOff(discounted, candidates.filter(isFor));
}

interface WrittenOrder extends PlacedOrder {
  holdUntil: Date;
  basket: Basket;
}

async function writeOrders(
  tx: Tx,
  { owner, placing, baskets }: { owner: CartOwner; placing: Placing; baskets: readonly Basket[] },
): Promise<readonly WrittenOrder[]> {
  const purchase = baskets.length > 1 ? newReference() : null;
  const written: WrittenOrder[] = [];
  for (const basket of baskets) {
    const { orderId, reference, holdUntil } = await writeOrder(tx, { owner, placing, basket, purchase });
    await tx.insert(orderLines).values(
      basket.lines.map((line, at) =>
        lineRow(line, orderId, {
          position: at,
          discountMinor: basket.off[at] ?? 0,
          vatBasisPoints: rateOf(basket.seller, line.vatClass),
        }),
      ),
    );
    const fees = basket.fees.map((fee, at) =>
      feeRow(fee, orderId, { position: basket.lines.length + at, vatBasisPoints: rateOf(basket.seller, "standard") }),
    );
    if (fees.length > 0) await tx.insert(orderLines).values(fees);
    const taken = basket.discounts.map(({ id: discountId, name, amountMinor }, position) => ({
      orderId,
      position,
      discountId,
      name,
      amountMinor,
    }));
    if (taken.length > 0) await tx.insert(orderDiscounts).values(taken);
    const actorId = owner.kind === "member" ? owner.userId : null;
    await emitActivity(tx, { type: "Create", object: { type: "Order", id: orderId }, originApp: "cart", actorId });
    written.push({ orderId, reference, holdUntil, basket });
  }
  return written;
}

interface NewOrder {
  owner: CartOwner;
  placing: Placing;
  basket: Basket;
  purchase: string | null;
}

async function writeOrder(tx: Tx, { owner, placing: { email, name }, basket, purchase }: NewOrder) {
  const { seller } = basket;
  const [made] = await tx
    .insert(orders)
    .values({
      reference: newReference(),
      userId: owner.kind === "member" ? owner.userId : null,
      deviceId: owner.kind === "device" ? owner.deviceId : null,
      email: owner.kind === "member" ? null : email,
      buyerName: name,
      merchantId: seller.id as MerchantId,
      ...{ purchase, currency: seller.currency, totalMinor: dueOf(basket) },
      holdUntil: sql`clock_timestamp() + interval '${sql.raw(String(PAYMENT_MINUTES))} minutes'`,
    })
    .returning({ orderId: orders.id, reference: orders.reference, holdUntil: orders.holdUntil });
  if (made === undefined || made.holdUntil === null) throw new Error("the order was written in this transaction");
  return { ...made, holdUntil: made.holdUntil };
}

/** Bringing it is taxed at the standard rate, whatever is brought. */
function feeRow({ ref, name, amountMinor }: Basket["fees"][number], orderId: OrderId, place: Place): typeof orderLines.$inferInsert {
  return { ...place, orderId, unitPriceMinor: amountMinor, vatClass: "standard", kind: DELIVERY, ref, name, quantity: 1 };
}

/** Of the day; whoever is not registered charges none. */
function rateOf({ chargesVat }: Seller, vatClass: VatClass): number {
  return chargesVat ? VAT_BASIS_POINTS[vatClass] : 0;
}

/** Where a line stands, and at which rate it is taxed. */
interface Place {
  position: number;
  vatBasisPoints: number;
}

function lineRow(line: WantedLine, orderId: OrderId, place: Place & { discountMinor: number }): typeof orderLines.$inferInsert {
  const { productId, lotId, kind, ref, metadata, name, quantity, unitPriceMinor, listPriceMinor, vatClass } = line;
  const thing = { productId, lotId, kind, ref, metadata };
  return { ...thing, ...place, orderId, name, quantity, unitPriceMinor, listPriceMinor, vatClass };
}

/** Of each cycle by every order that has something of it; a choice for a cycle that none has is tried with the first, and refused. */
async function choosePickUps(
  tx: Tx,
  cycles: PlacingParts["cycles"],
  { placing, baskets, placed }: { placing: Placing; baskets: readonly Basket[]; placed: readonly PlacedOrder[] },
): Promise<void> {
  for (const { address, ...choice } of placing.pickUps) {
    const words = address === null ? "" : `${address.lines}\n${address.postcode}`;
    const having = placed.filter((_, at) => baskets[at]?.lines.some(({ cycleId }) => cycleId === choice.cycleId));
    for (const { orderId } of having.length > 0 ? having : placed.slice(0, 1)) {
      if ((await cycles.choosePickUp(tx, { orderId, cycleId: choice.cycleId, pickUpId: choice.pickUpId, address: words })) === "chosen")
        continue;
      throw gone();
    }
  }
}

/** Without letters that look like others, in three groups, so that it can be read out: 29 letters, 12 of them, 58 bits. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

function newReference(): string {
  const letters = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}

/** References of an owner's orders that wait for their money, one of each purchase, newest first. */
async function listWaiting(tx: Tx, owner: CartOwner): Promise<readonly string[]> {
  const own: SQL = owner.kind === "member" ? sql`user_id = ${owner.userId}` : sql`device_id = ${owner.deviceId}`;
  const { rows } = await tx.execute<{ reference: string }>(sql`
    select reference from (
      select distinct on (coalesce(purchase, reference)) reference, created_at, id from orders
      where ${own} and status = 'pending_payment' order by coalesce(purchase, reference), id) as waiting
    order by created_at desc, id desc limit ${MOST_WAITING}`);
  return rows.map(({ reference }) => reference);
}
