import { z } from "zod";
import type { LineMetadata } from "../models/cart.ts";
import type { CartLineId, DeviceId, DiscountId, MerchantId, OrderCycleId, OrderId, ProductId, UserId } from "../models/ids.ts";
import { ORDER_STATUSES } from "../models/order-states.ts";
import { productCard } from "./market.ts";
import { cycleOffer } from "./product-card.ts";
import type { Tx } from "./tx.ts";
import type { Viewer } from "./viewer.ts";

/** Whose cart: a guest's browser or a member. */
export type CartOwner = { kind: "device"; deviceId: DeviceId } | { kind: "member"; userId: UserId };

/** The owner of the viewer's cart; null for a guest without a device, whose cart is empty. */
export function cartOwnerOf(viewer: Viewer): CartOwner | null {
  if (viewer.kind === "member") return { kind: "member", userId: viewer.userId };
  return viewer.deviceId === null ? null : { kind: "device", deviceId: viewer.deviceId };
}

/**
 * What a line that comes with a cycle knows of it. isOpen: it can still be ordered. heldUntil: its pieces are nobody else's until
 * then; null: they are not held any more. left: pieces that the line could hold at most; null: no limit.
 */
const lineCycle = cycleOffer.unwrap().extend({ heldUntil: z.date().nullable() }).readonly();

const lineId = z
  .number()
  .int()
  .transform((id) => id as CartLineId);
const merchantId = z.custom<MerchantId>((id) => Number.isSafeInteger(id));

/** A line of the cart at today's price of its product for the cart's owner, in minor units of the product's currency. */
const cartLine = z
  .object({
    id: lineId,
    productId: z.custom<ProductId>((id) => Number.isSafeInteger(id)),
    product: productCard,
    quantity: z.number().int(),
    unitPriceMinor: z.number().int(),
    /** It is the price for members, below that of the product. */
    isMembersPrice: z.boolean(),
    /** What it costs others, where this is the price for members; else null. */
    listPriceMinor: z.number().int().nullable(),
    totalMinor: z.number().int(),
    /** What it cost when its owner last saw it, where that is another price; else null. */
    seenPriceMinor: z.number().int().nullable(),
    /** Pieces in stock: of a line from the shelf, fewer than quantity means that not all can be had. */
    stock: z.number().int(),
    /** null: from the shelf. */
    cycle: lineCycle.nullable(),
    /** Whether its owner is one of those whom it is sold to. */
    isForOwner: z.boolean(),
    /** Who is paid for it; null: nobody can be. */
    merchantId: merchantId.nullable(),
  })
  .readonly();

/**
 * A line of something that another service sells, as a ticket. most: pieces that it could hold; null: no limit. heldUntil: it is
 * nobody else's until then; null: it is not held any more. trouble: why it can't be had; empty: it can.
 */
const kindLine = z
  .object({
    id: lineId,
    kind: z.string(),
    title: z.string(),
    detail: z.string(),
    url: z.string(),
    quantity: z.number().int(),
    unitPriceMinor: z.number().int(),
    totalMinor: z.number().int(),
    currency: z.string(),
    seenPriceMinor: z.number().int().nullable(),
    most: z.number().int().nullable(),
    heldUntil: z.date().nullable(),
    trouble: z.string(),
    merchantId: merchantId.nullable(),
  })
  .readonly();

/** What is taken off the lines of one seller, and why (name), in that seller's currency. */
const cartDiscount = z
  .object({
    id: z.custom<DiscountId>((id) => Number.isSafeInteger(id)),
    name: z.string(),
    merchantId,
    amountMinor: z.number().int(),
  })
  .readonly();

/** Who is paid for some lines of a cart. isActive false: nothing is sold by it now. totalMinor: of its lines, in its currency, less discounts. */
export const cartSeller = z
  .object({
    id: merchantId,
    code: z.string(),
    name: z.string(),
    currency: z.string(),
    isActive: z.boolean(),
    count: z.number().int(),
    totalMinor: z.number().int(),
  })
  .readonly();
export type CartSeller = z.output<typeof cartSeller>;

/**
 * A cart with today's prices. others: what other services sell. sellers: whoever is paid for something in it, in the order in which
 * that was put there; each has an order of their own in the end. count is the sum of quantities; totalMinor means something where all
 * of it is in one currency. totals are less discounts. code: what was typed for one.
 */
export const cartView = z
  .object({
    lines: z.array(cartLine).readonly(),
    others: z.array(kindLine).readonly(),
    sellers: z.array(cartSeller).readonly(),
    discounts: z.array(cartDiscount).readonly(),
    code: z.string().nullable(),
    totalMinor: z.number().int(),
    currency: z.string(),
    count: z.number().int(),
  })
  .readonly();
export type CartView = z.output<typeof cartView>;

/** What the badge in the header says. count is the sum of quantities. */
export const cartSummary = z.object({ count: z.number().int(), totalMinor: z.number().int(), currency: z.string() }).readonly();
export type CartSummary = z.output<typeof cartSummary>;

/** An order as its buyer sees it. Prices are those of the day it was placed, in minor units. */
export const orderView = z
  .object({
    id: z
      .number()
      .int()
      .transform((id) => id as OrderId),
    reference: z.string(),
    status: z.enum(ORDER_STATUSES),
    totalMinor: z.number().int(),
    currency: z.string(),
    placedAt: z.date(),
    lines: z.array(z.object({ name: z.string(), quantity: z.number().int(), unitPriceMinor: z.number().int() }).readonly()).readonly(),
  })
  .readonly();
export type OrderView = z.output<typeof orderView>;

/** It is sold to these groups, and the cart's owner is in none of them. */
type NotForYou = { kind: "not-for-you"; groups: readonly string[] };
/** capped: the line holds as many as there are in stock, or MAX_LINE_QUANTITY. */
export type AddResult = { kind: "added"; quantity: number } | { kind: "capped"; quantity: number } | { kind: "sold-out" } | NotForYou;
/** As AddResult. shares-gone: others have taken all that the cycle brings of it; cut-off: the cycle is not open, or does not sell it. */
export type ShareResult =
  | { kind: "added"; quantity: number }
  | { kind: "capped"; quantity: number }
  | { kind: "shares-gone" }
  | { kind: "cut-off" }
  | NotForYou;
/** As AddResult. gone: there is no such thing any more; refused: it can't be had, and why. */
export type PutResult =
  | { kind: "added"; quantity: number }
  | { kind: "capped"; quantity: number }
  | { kind: "gone" }
  | { kind: "refused"; trouble: string };

/** As AddResult; removed: the line is gone, by quantity 0. After the cut-off a line can only become less, and is capped to what it was. */
export type QuantityResult = { kind: "changed"; quantity: number } | { kind: "capped"; quantity: number } | { kind: "removed" };

/** What the cart answers. */
export interface CartService {
  getCart(owner: CartOwner | null): Promise<CartView>;
  getSummary(owner: CartOwner | null): Promise<CartSummary>;
  /** Adds to what the line already holds. quantity: 1..MAX_LINE_QUANTITY. Throws product-gone. */
  addLine(tx: Tx, owner: CartOwner, add: { productSlug: string; quantity: number }): Promise<AddResult>;
  /**
   * The same of what a cycle brings: pieces, of which several share a case. They are held for HOLD_MINUTES. Whether the cycle is
   * open is decided by the database's clock in the statement that locks it. Throws product-gone.
   */
  addShare(tx: Tx, owner: CartOwner, add: { productSlug: string; quantity: number; cycleId: OrderCycleId }): Promise<ShareResult>;
  /**
   * The same of a thing of a kind, for whoever sells it. It is held for as long as its kind says. metadata: what goes into the order
   * with it; of a line that is there already, it stands for what was there.
   */
  putLine(tx: Tx, owner: CartOwner, put: { kind: string; ref: string; quantity: number; metadata: LineMetadata }): Promise<PutResult>;
  /** Keeps what was typed for a discount; null: nothing any more. False: no discount that runs has such a code, and nothing was changed. */
  setCode(tx: Tx, owner: CartOwner, code: string | null): Promise<boolean>;
  /** The owner has seen that a line costs this now: nothing changes where it costs something else by now, or is not theirs. */
  acceptPrice(tx: Tx, owner: CartOwner, seen: { lineId: CartLineId; priceMinor: number }): Promise<void>;
  /** quantity 0 removes the line. Throws line-gone, also for a line of another's cart. */
  setQuantity(tx: Tx, owner: CartOwner, change: { lineId: CartLineId; quantity: number }): Promise<QuantityResult>;
  /** Moves what the guest's cart holds into the member's: quantities added up, capped; the guest's cart is gone afterwards. */
  adoptGuestCart(tx: Tx, deviceId: DeviceId, userId: UserId): Promise<void>;
  /** The groups that a product is for, where the owner is in none of them; null: it is for them, too. */
  whyNotFor(owner: CartOwner | null, productId: ProductId): Promise<readonly string[] | null>;
  /** Newest first. */
  listOrders(userId: UserId): Promise<readonly OrderView[]>;
  /** The newest of them, and how many there are. */
  listLatestOrders(userId: UserId, limit: number): Promise<{ readonly orders: readonly OrderView[]; readonly count: number }>;
}
