import { sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import type { KindRefusal } from "../../contracts/orders.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { LineMetadata } from "../../models/cart.ts";
import type { CartId, CartLineId, LotId, OrderCycleId, ProductId } from "../../models/ids.ts";
import type { VatClass } from "../../models/vat.ts";
import { findKind, GONE } from "../cart/kinds.ts";
import { sellersOf } from "../cart/list-others.ts";
import { heldFor } from "../cart/put-line.ts";
import { soldToJson } from "../cart/sold-to.ts";
import { type Seller, sellerOfProduct } from "../merchants/seller-of.ts";

/** What a cart holds, as an order will have it. seller null: nobody can be paid for it. */
export interface WantedLine {
  lineId: CartLineId;
  productId: ProductId | null;
  lotId: LotId | null;
  cycleId: OrderCycleId | null;
  kind: string | null;
  ref: string | null;
  metadata: LineMetadata;
  name: string;
  quantity: number;
  unitPriceMinor: number;
  /** What it costs others, where this is the price for members; else null. */
  listPriceMinor: number | null;
  currency: string;
  vatClass: VatClass;
  soldTo: readonly string[] | null;
  seller: Seller | null;
}

interface Row extends Record<string, unknown> {
  lineId: string;
  productId: string;
  lotId: string | null;
  cycleId: string | null;
  name: string;
  quantity: number;
  unitPriceMinor: number;
  listPriceMinor: number | null;
  currency: string;
  vatClass: VatClass;
  soldTo: string[] | null;
  seller: Seller | null;
}

/** Products of a cart, from the shelf and by order, at this owner's prices. */
export async function productLinesOf(tx: Tx, cartId: CartId, owner: CartOwner): Promise<readonly WantedLine[]> {
  const price = owner.kind === "member" ? sql`coalesce(products.members_price_minor, products.price_minor)` : sql`products.price_minor`;
  const { rows } = await tx.execute<Row>(sql`
    select line.id as "lineId", products.id as "productId", line.lot_id as "lotId", lot.cycle_id as "cycleId", products.name, line.quantity,
      ${price} as "unitPriceMinor", case when ${price} < products.price_minor then products.price_minor end as "listPriceMinor", products.currency, products.vat_class as "vatClass", ${soldToJson} as "soldTo",
      ${sellerOfProduct("products")} as seller
    from cart_lines as line left join cycle_lots as lot on lot.id = line.lot_id
    join products on products.id = coalesce(line.product_id, lot.product_id)
    where line.cart_id = ${cartId} order by line.created_at, line.id`);
  return rows.map((row) => ({
    ...row,
    ...{ kind: null, ref: null, metadata: {} },
    lineId: Number(row.lineId) as CartLineId,
    productId: Number(row.productId) as ProductId,
    lotId: row.lotId === null ? null : (Number(row.lotId) as LotId),
    cycleId: row.cycleId === null ? null : (Number(row.cycleId) as OrderCycleId),
  }));
}

interface OtherRow extends Record<string, unknown> {
  id: string;
  kind: string;
  ref: string;
  metadata: LineMetadata;
  quantity: number;
}

/**
 * What other services sell in a cart, held anew by their locks, all of it or nothing: what can't be had is told line by line. Things
 * are held in the order of their kinds and refs, so that two carts never wait for each other.
 */
export async function holdKindLines(
  tx: Tx,
  { cartId, owner, kinds }: { cartId: CartId; owner: CartOwner; kinds: readonly LineKind[] },
): Promise<{ lines: readonly WantedLine[]; refused: readonly KindRefusal[] }> {
  const { rows } = await tx.execute<OtherRow>(sql`
    select id, kind, ref, metadata, quantity from cart_lines where cart_id = ${cartId} and ref is not null order by kind, ref, id`);
  const held = [];
  for (const { id, ref, metadata, quantity, ...row } of rows) {
    const kind = findKind(kinds, row.kind);
    const lineId = Number(id) as CartLineId;
    const hold = (await kind?.hold(tx, { owner, ref, metadata, quantity, lineId })) ?? { quantity: 0, offer: GONE };
    held.push({ lineId, ref, metadata, quantity, kind: row.kind, hold });
  }
  if (held.length === 0) return { lines: [], refused: [] };
  const sellers = await sellersOf(
    tx,
    held.map(({ hold }) => hold.offer.calendarId),
  );
  const refused = held
    .filter(({ quantity, hold }) => hold.quantity < quantity || hold.offer.trouble !== "")
    .map(({ lineId, hold: { offer, quantity } }) => ({ lineId, name: offer.title, trouble: offer.trouble, left: quantity }));
  if (refused.length === 0) await keepHeld(tx, kinds, held);
  const lines = held.map(({ hold: { offer }, ...line }) => ({
    ...line,
    ...{ productId: null, lotId: null, cycleId: null, soldTo: null },
    ...{ name: [offer.title, offer.detail].filter(Boolean).join(", "), unitPriceMinor: offer.unitPriceMinor, listPriceMinor: null },
    ...{ currency: offer.currency, vatClass: offer.vatClass, seller: sellers.get(offer.calendarId) ?? null },
  }));
  return { lines, refused };
}

async function keepHeld(tx: Tx, kinds: readonly LineKind[], held: readonly { lineId: CartLineId; kind: string }[]): Promise<void> {
  for (const [ofKind, own] of Map.groupBy(held, ({ kind }) => kind)) {
    const kind = findKind(kinds, ofKind);
    const ids = sql.param(own.map(({ lineId }) => lineId));
    if (kind !== undefined) await tx.execute(sql`update cart_lines set held_until = ${heldFor(kind)} where id = any(${ids}::bigint[])`);
  }
}
