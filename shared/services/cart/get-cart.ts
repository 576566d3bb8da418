import { asc, eq, sql } from "drizzle-orm";
import { type CartOwner, type CartService, type CartView, cartView } from "../../contracts/cart.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { cartLines, carts } from "../../models/cart.ts";
import type { MerchantId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { cycleLots } from "../../models/order-cycles.ts";
import { isOpen, limitOf, type OfferRow, offerOf, takenOf } from "../cycles/sql.ts";
import { type IsEntitled, listCandidates } from "../discounts/candidates.ts";
import { type DiscountedLine, offEach, type TakenOff, takeOff } from "../discounts/take-off.ts";
import { productCardColumns, productCardOf } from "../market/product-cards.ts";
import { type Seller, sellerOfProduct } from "../merchants/seller-of.ts";
import { makeListOthers } from "./list-others.ts";
import { CURRENCY, isOwnedBy, preparePerOwner } from "./owner.ts";
import type { IsFor } from "./sold-to.ts";

const EMPTY: CartView = cartView.parse({
  lines: [],
  others: [],
  sellers: [],
  discounts: [],
  code: null,
  totalMinor: 0,
  currency: CURRENCY,
  count: 0,
});

const NONE: { discounts: readonly TakenOff[]; code: string | null } = { discounts: [], code: null };

/** Whom things are for, whom discounts are for, and what other services sell. */
export interface CartParts {
  isFor: IsFor;
  isEntitled: IsEntitled;
  kinds: readonly LineKind[];
}

type Row = Awaited<ReturnType<ReturnType<typeof prepareLines>>>[number];

/** A cart with today's prices, in the order in which things were put into it. */
export function makeGetCart({ db, publicUrl }: ServiceDeps, { isFor, isEntitled, kinds }: CartParts): CartService["getCart"] {
  const linesOf = prepareLines(db);
  const othersOf = makeListOthers(db, kinds);
  return async (owner) => {
    if (owner === null) return EMPTY;
    const [rows, others] = await Promise.all([linesOf(owner), kinds.length === 0 ? [] : othersOf(owner)]);
    const lines = await Promise.all(rows.map((row) => lineOf(row, owner)));
    const priced = [
      ...lines.map(({ productId, seller, merchantId, quantity, totalMinor }) => ({
        productId,
        seller,
        merchantId,
        quantity,
        totalMinor,
      })),
      ...others.map(({ seller, merchantId, quantity, totalMinor }) => ({ productId: null, seller, merchantId, quantity, totalMinor })),
    ];
    const { discounts, code } = rows[0]?.hasDiscounts === true || others.length > 0 ? await discountsOf(owner, priced) : NONE;
    const off = offEach(priced, discounts);
    const due = priced.map((line, at) => ({ ...line, totalMinor: line.totalMinor - (off[at] ?? 0) }));
    return cartView.parse({
      lines,
      others,
      sellers: sellersOf(due),
      ...{ discounts, code },
      totalMinor: due.reduce((sum, line) => sum + line.totalMinor, 0),
      currency: lines[0]?.product.currency ?? others[0]?.currency ?? CURRENCY,
      count: priced.reduce((sum, line) => sum + line.quantity, 0),
    });
  };

  async function discountsOf(owner: CartOwner, lines: readonly DiscountedLine[]) {
    const productIds = lines.flatMap(({ productId }) => (productId === null ? [] : [productId]));
    const candidates = await listCandidates(db, owner, productIds);
    const isFor = await isEntitled(owner, candidates);
    const [cart] = await db.select({ code: carts.discountCode }).from(carts).where(isOwnedBy(owner));
    return { discounts: takeOff(lines, candidates.filter(isFor)), code: cart?.code ?? null };
  }

  async function lineOf(
    { lineId, productId, quantity, seenPriceMinor, heldUntil, cycle, seller, hasDiscounts: _, ...product }: Row,
    owner: CartOwner,
  ) {
    const membersPriceMinor = owner.kind === "member" ? product.membersPriceMinor : null;
    const priceMinor = membersPriceMinor ?? product.priceMinor;
    return {
      ...{ id: lineId, productId },
      product: productCardOf({ ...product, priceMinor }, publicUrl),
      quantity,
      unitPriceMinor: priceMinor,
      isMembersPrice: membersPriceMinor !== null,
      listPriceMinor: membersPriceMinor === null ? null : product.priceMinor,
      totalMinor: quantity * priceMinor,
      seenPriceMinor: seenPriceMinor === priceMinor ? null : seenPriceMinor,
      stock: product.stock,
      cycle: cycle && { ...offerOf(cycle), heldUntil: heldUntil !== null && heldUntil > new Date(cycle.now) ? heldUntil : null },
      isForOwner: await isFor(owner, product.soldTo),
      ...{ seller, merchantId: (seller?.id ?? null) as MerchantId | null },
    };
  }
}

/** Each seller once, in the order of the lines. */
function sellersOf(lines: readonly { seller: Seller | null; quantity: number; totalMinor: number }[]) {
  const sold = lines.flatMap(({ seller, ...line }) => (seller === null ? [] : [{ seller, ...line }]));
  return [...Map.groupBy(sold, ({ seller }) => seller.id).values()].map((own) => ({
    ...own[0]?.seller,
    count: own.reduce((sum, { quantity }) => sum + quantity, 0),
    totalMinor: own.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
  }));
}

/** now: the database's clock, by which holds end. */
function prepareLines(db: ServiceDeps["db"]) {
  const cycle = sql<(OfferRow & { now: string }) | null>`(
    select json_build_object('cycleId', cycle.id, 'name', cycle.name, 'zone', cycle.zone, 'opensAt', cycle.opens_at, 'closesAt', cycle.closes_at,
      'isOpen', ${isOpen("cycle")}, 'caseSize', products.case_size, 'taken', ${takenOf(sql`cycle_lots.id`)},
      'limit', ${limitOf("cycle_lots", "products")}, 'now', now())
    from order_cycles as cycle where cycle.id = cycle_lots.cycle_id)`;
  return preparePerOwner((isOwned, kind) =>
    db
      .select({
        lineId: cartLines.id,
        productId: products.id,
        quantity: cartLines.quantity,
        seenPriceMinor: cartLines.seenPriceMinor,
        heldUntil: cartLines.heldUntil,
        cycle,
        seller: sellerOfProduct("products"),
        hasDiscounts: sql<boolean>`exists (select from discounts where is_active)`,
        ...productCardColumns,
      })
      .from(carts)
      .innerJoin(cartLines, eq(cartLines.cartId, carts.id))
      .leftJoin(cycleLots, eq(cycleLots.id, cartLines.lotId))
      .innerJoin(products, sql`${products.id} = coalesce(${cartLines.productId}, ${cycleLots.productId})`)
      .leftJoin(media, eq(media.id, products.pictureId))
      .where(isOwned)
      .orderBy(asc(cartLines.createdAt), asc(cartLines.id))
      .prepare(`cart_lines_of_${kind}`),
  );
}
