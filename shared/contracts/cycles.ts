import { z } from "zod";
import type { CartLineId, LotId, OrderCycleId, OrderId, PickUpId, ProductId } from "../models/ids.ts";
import { INCOMPLETE_CASES } from "../models/order-cycles.ts";
import type { CartOwner } from "./cart.ts";
import { cycleOffer } from "./product-card.ts";
import type { Tx } from "./tx.ts";

/** Minutes for which a share in somebody's cart is theirs and nobody else's. */
export const HOLD_MINUTES = 60;

/** How something is brought: for so much, for nothing from so much on (null: never), to postcodes that begin so ([]: anywhere). */
export const deliveryRule = z
  .object({ feeMinor: z.number().int(), freeFromMinor: z.number().int().nullable(), areas: z.array(z.string()).readonly() })
  .readonly();
export type DeliveryRule = z.output<typeof deliveryRule>;

/** What bringing something costs that is worth so much. */
export function deliveryFee({ feeMinor, freeFromMinor }: DeliveryRule, goodsMinor: number): number {
  return freeFromMinor !== null && goodsMinor >= freeFromMinor ? 0 : feeMinor;
}

/** Whether it is brought to where this postcode is, however it was typed. */
export function isBroughtTo({ areas }: DeliveryRule, postcode: string): boolean {
  const typed = postcode.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
  return typed.length >= 3 && (areas.length === 0 || areas.some((area) => typed.startsWith(area)));
}

/** Where and when to fetch, or, with a rule of delivery, when it is brought. left: how many orders still fit; null: as many as come. Times are shown in the cycle's zone. */
export const pickUp = z
  .object({
    id: z.custom<PickUpId>((id) => Number.isSafeInteger(id)),
    place: z.string(),
    startsAt: z.date(),
    endsAt: z.date(),
    left: z.number().int().nullable(),
    delivery: deliveryRule.nullable(),
  })
  .readonly();
export type PickUp = z.output<typeof pickUp>;

/** What the page of a product says of ordering it: the cycle that is open, or else the next one, with its pick-ups in their order. */
export const offer = cycleOffer
  .unwrap()
  .extend({ note: z.string(), incompleteCase: z.enum(INCOMPLETE_CASES), pickUps: z.array(pickUp).readonly() })
  .readonly();
export type Offer = z.output<typeof offer>;

/**
 * A cycle as shoppers read of it, open or to come. suppliers: of whom it sells everything. begun: products of which a case is
 * begun and not full, those that lack least first; products: what else it sells by itself.
 */
export interface ShopCycle {
  id: OrderCycleId;
  name: string;
  note: string;
  zone: string;
  opensAt: Date;
  closesAt: Date;
  isOpen: boolean;
  suppliers: readonly { name: string; slug: string }[];
  pickUps: readonly PickUp[];
  begun: readonly ProductId[];
  products: readonly ProductId[];
}

/** One cycle of a cart, and where what it brings can be fetched. */
export interface CyclePickUps {
  cycleId: OrderCycleId;
  name: string;
  zone: string;
  closesAt: Date;
  pickUps: readonly PickUp[];
}

/** Why a line of a cart can't be ordered as it stands. left: pieces that still can. */
export interface LineRefusal {
  lineId: CartLineId;
  name: string;
  why: { kind: "cut-off" } | { kind: "shares-gone"; left: number } | { kind: "not-for-you"; groups: readonly string[] };
}

/** What a checkout gets for the lines of a cart that come with cycles. held: nobody can take them until then. */
export type HoldResult = { kind: "held"; until: Date } | { kind: "refused"; lines: readonly LineRefusal[] };

/** gone: that is no pick-up of the cycle; full: its last place was taken meanwhile. */
export type PickUpResult = "chosen" | "full" | "gone";

/** What shoppers and the checkout ask of order cycles. */
export interface CyclesService {
  /** What is open, the first cut-off first, then what is to come. */
  listOpenCycles(): Promise<readonly ShopCycle[]>;
  /** How a product can be had by order; null: in no cycle that is open or to come. */
  findOffer(productId: ProductId): Promise<Offer | null>;
  /** Where what the cart holds by order can be fetched: one for each cycle in it, the first cut-off first. */
  pickUpsFor(owner: CartOwner): Promise<readonly CyclePickUps[]>;
  /**
   * The lines of the cart that come with cycles, held anew for HOLD_MINUTES, all or none. Locks the cart, then the cycles (shared:
   * none closes by hand while the transaction goes on) and the lots; a cut-off that has passed by the database's clock refuses.
   * Makes no order: whoever does so copies lotId into order_lines in the same transaction.
   */
  holdForCheckout(tx: Tx, owner: CartOwner): Promise<HoldResult>;
  /** Notes where the buyer of an order fetches what the cycle brings, or where it is brought to (address; empty: nowhere); a later choice replaces an earlier one. Locks the pick-up. */
  choosePickUp(tx: Tx, choice: { orderId: OrderId; cycleId: OrderCycleId; pickUpId: PickUpId; address: string }): Promise<PickUpResult>;
  /** How a choice is brought; null: it is fetched, or is not there. */
  findDelivery(tx: Tx, pickUpId: PickUpId): Promise<(DeliveryRule & { place: string }) | null>;
  /** Whoever has the product in a member's cart or a paid order of an open cycle, at another price than it has now and nobody told them of. */
  listPriceNews(productId: ProductId): Promise<readonly PriceNews[]>;
  /** They were told of this price. */
  markPriceTold(tx: Tx, news: Pick<PriceNews, "nowMinor" | "lines">): Promise<void>;
  /** What of an order does not come and is to be paid back, in minor units, with the reason; none: []. */
  listShortfalls(orderId: OrderId): Promise<readonly Shortfall[]>;
}

/** What somebody is told of a price: what it was when they put it into the cart, or what they paid. nowMinor: what they would pay now. */
export interface PriceNews {
  name: string;
  email: string;
  product: string;
  url: string;
  currency: string;
  nowMinor: number;
  lines: readonly { kind: "cart" | "order"; id: number; priceMinor: number; quantity: number; cycleName: string }[];
}

/** Pieces of a paid line that do not come. amountMinor: what was paid for them. */
export interface Shortfall {
  orderLineId: number;
  lotId: LotId;
  name: string;
  quantity: number;
  amountMinor: number;
  reason: "case-not-full" | "not-delivered";
}
