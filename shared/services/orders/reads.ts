import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { OrderDetail, OrderReader, PurchasePart } from "../../contracts/orders.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orders } from "../../models/cart.ts";
import { users } from "../../models/identity.ts";
import { merchants } from "../../models/merchants.ts";
import { splitByVat } from "../payments/vat-split.ts";

type Db = ServiceDeps["db"];
type Instants<T, K extends keyof T> = Omit<T, K> & Record<K, string>;
type LineRow = Omit<OrderDetail["lines"][number], "totalMinor"> & { discountMinor: number };
type RefundRow = Instants<OrderDetail["refunds"][number], "askedAt">;
type PickUpRow = Instants<OrderDetail["pickUps"][number], "startsAt" | "endsAt">;
type ReceiptRow = Instants<NonNullable<OrderDetail["receipt"]>, "issuedAt">;

const lines = sql<LineRow[]>`(
  select coalesce(json_agg(json_build_object('name', name, 'quantity', quantity, 'unitPriceMinor', unit_price_minor, 'listPriceMinor', list_price_minor, 'discountMinor', discount_minor, 'vatClass', vat_class,
    'vatBasisPoints', vat_basis_points) order by position), '[]') from order_lines where order_lines.order_id = orders.id)`;
const discountRows = sql<OrderDetail["discounts"]>`(
  select coalesce(json_agg(json_build_object('name', name, 'amountMinor', amount_minor) order by position), '[]')
  from order_discounts where order_discounts.order_id = orders.id)`;
const payment = sql<OrderDetail["payment"]>`(
  select json_build_object('kind', kind, 'state', state, 'lastStatus', last_status, 'trouble', trouble, 'transactionCode', transaction_code)
  from payment_attempts where payment_attempts.order_id = orders.id order by state = 'paid' desc, id desc limit 1)`;
const refundRows = sql<RefundRow[]>`(
  select coalesce(json_agg(json_build_object('amountMinor', amount_minor, 'reason', reason, 'state', state, 'note', note, 'askedAt', created_at)
    order by id), '[]') from refunds where refunds.order_id = orders.id)`;
const pickUpRows = sql<PickUpRow[]>`(
  select coalesce(json_agg(json_build_object('cycle', cycle.name, 'place', place, 'startsAt', starts_at, 'endsAt', ends_at, 'zone', cycle.zone, 'address', order_pick_ups.address)
    order by starts_at), '[]')
  from order_pick_ups join pick_ups on pick_ups.id = order_pick_ups.pick_up_id join order_cycles as cycle on cycle.id = pick_ups.cycle_id
  where order_pick_ups.order_id = orders.id)`;
const receipt = sql<ReceiptRow | null>`(
  select json_build_object('year', year, 'number', number, 'issuedAt', issued_at) from receipts where receipts.order_id = orders.id)`;
const parts = sql<PurchasePart[]>`(
  select coalesce(json_agg(json_build_object('reference', part.reference, 'status', part.status, 'totalMinor', part.total_minor,
    'isHeld', part.status = 'pending_payment' and coalesce(part.hold_until > now(), false), 'currency', part.currency, 'merchantName', seller.name,
    'isDeclined', exists (select from payment_attempts where order_id = part.id and payment_attempts.state = 'open' and last_status = 'FAILED'))
    order by part.id), '[]')
  from orders as part join merchants as seller on seller.id = part.merchant_id where part.purchase = orders.purchase)`;
/** What stands on the crate. */
export const buyerName = sql<string>`coalesce(nullif(${orders.buyerName}, ''), ${users.name}, '')`;

/** As it stands on the receipt, once there is one; receipts of before they said it, and orders without one, have what holds now. */
const sellerAs = (part: "name" | "address" | "vat_id", now: typeof merchants.name | typeof merchants.address | typeof merchants.vatId) =>
  sql<string>`coalesce((select receipts.seller_${sql.raw(part)} from receipts where receipts.order_id = orders.id and receipts.seller_name <> ''), ${now}, '')`;

const DETAIL = {
  id: orders.id,
  reference: orders.reference,
  status: orders.status,
  isHeld: sql<boolean>`${orders.status} = 'pending_payment' and coalesce(${orders.holdUntil} > now(), false)`,
  totalMinor: orders.totalMinor,
  refundedMinor: orders.refundedMinor,
  canRestock: sql<boolean>`${orders.status} = 'refunded' and exists (
    select from stock_reservations where stock_reservations.order_id = ${orders.id} and stock_reservations.state = 'taken')`,
  currency: orders.currency,
  placedAt: orders.createdAt,
  holdUntil: orders.holdUntil,
  paidAt: orders.paidAt,
  merchantName: sellerAs("name", merchants.name),
  merchantAddress: sellerAs("address", merchants.address),
  merchantVatId: sellerAs("vat_id", merchants.vatId),
  parts,
  buyerName,
  lines,
  discounts: discountRows,
  payment,
  refundRows,
  pickUpRows,
  receipt,
};

export async function findOrder(db: Db, where: SQL | undefined): Promise<OrderDetail | null> {
  const [row] = await db
    .select(DETAIL)
    .from(orders)
    .leftJoin(users, eq(users.id, orders.userId))
    .leftJoin(merchants, eq(merchants.id, orders.merchantId))
    .where(where);
  if (row === undefined) return null;
  const { refundRows: refunds, pickUpRows: pickUps, ...order } = row;
  const full = order.lines.map((line) => ({ ...line, totalMinor: line.quantity * line.unitPriceMinor }));
  const vat = splitByVat(full.map((line) => ({ ...line, grossMinor: line.totalMinor - line.discountMinor })));
  const taxed = vat.filter(({ grossMinor }) => grossMinor > 0);
  return {
    ...order,
    lines: full,
    vat: taxed.map(({ vatClass, grossMinor, vatMinor }) => ({
      ...{ vatClass, grossMinor, vatMinor, netMinor: grossMinor - vatMinor },
      vatBasisPoints: full.find((line) => line.vatClass === vatClass)?.vatBasisPoints ?? 0,
    })),
    receipt: order.receipt && { ...order.receipt, issuedAt: new Date(order.receipt.issuedAt) },
    refunds: refunds.map(({ askedAt, ...refund }) => ({ ...refund, askedAt: new Date(askedAt) })),
    pickUps: pickUps.map(({ startsAt, endsAt, ...one }) => ({ ...one, startsAt: new Date(startsAt), endsAt: new Date(endsAt) })),
  };
}

export function isOf(viewer: OrderReader): SQL | undefined {
  const ofDevice = viewer.deviceId === null ? undefined : and(isNull(orders.userId), eq(orders.deviceId, viewer.deviceId));
  if (viewer.kind === "member") return or(eq(orders.userId, viewer.userId), ofDevice);
  return ofDevice ?? sql`false`;
}
