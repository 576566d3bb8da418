import { z } from "zod";
import { ORDER_STATUSES } from "../models/cart.ts";
import type { CartLineId, DeviceId, OrderId, UserId } from "../models/ids.ts";
import { productCard } from "./market.ts";
import type { Tx } from "./tx.ts";
import type { Viewer } from "./viewer.ts";

/** Whose cart: a guest's browser or a member. */
export type CartOwner = { kind: "device"; deviceId: DeviceId } | { kind: "member"; userId: UserId };

/** The owner of the viewer's cart; null for a guest without a device, whose cart is empty. */
export function cartOwnerOf(viewer: Viewer): CartOwner | null {
  if (viewer.kind === "member") return { kind: "member", userId: viewer.userId };
  return viewer.deviceId === null ? null : { kind: "device", deviceId: viewer.deviceId };
}

/** A line of the cart at today's price of its product, in minor units of the product's currency. */
export const cartLine = z
  .object({
    id: z
      .number()
      .int()
      .transform((id) => id as CartLineId),
    product: productCard,
    quantity: z.number().int(),
    unitPriceMinor: z.number().int(),
    totalMinor: z.number().int(),
    /** Pieces in stock: fewer than quantity means that not all can be had. */
    stock: z.number().int(),
  })
  .readonly();
export type CartLine = z.output<typeof cartLine>;

/** A cart with today's prices. count is the sum of quantities. */
export const cartView = z
  .object({ lines: z.array(cartLine).readonly(), totalMinor: z.number().int(), currency: z.string(), count: z.number().int() })
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

/** capped: the line holds as many as there are in stock, or MAX_LINE_QUANTITY. */
export type AddResult = { kind: "added"; quantity: number } | { kind: "capped"; quantity: number } | { kind: "sold-out" };
/** As AddResult; removed: the line is gone, by quantity 0. */
export type QuantityResult = { kind: "changed"; quantity: number } | { kind: "capped"; quantity: number } | { kind: "removed" };

/** What the cart answers. */
export interface CartService {
  getCart(owner: CartOwner | null): Promise<CartView>;
  getSummary(owner: CartOwner | null): Promise<CartSummary>;
  /** Adds to what the line already holds. quantity: 1..MAX_LINE_QUANTITY. Throws product-gone. */
  addLine(tx: Tx, owner: CartOwner, add: { productSlug: string; quantity: number }): Promise<AddResult>;
  /** quantity 0 removes the line. Throws line-gone, also for a line of another's cart. */
  setQuantity(tx: Tx, owner: CartOwner, change: { lineId: CartLineId; quantity: number }): Promise<QuantityResult>;
  /** Moves what the guest's cart holds into the member's: quantities added up, capped; the guest's cart is gone afterwards. */
  adoptGuestCart(tx: Tx, deviceId: DeviceId, userId: UserId): Promise<void>;
  /** Newest first. */
  listOrders(userId: UserId): Promise<readonly OrderView[]>;
}
