import type { LineMetadata } from "../models/cart.ts";
import type { CalendarId, CartLineId, OrderId, UserId } from "../models/ids.ts";
import type { OrderStatus } from "../models/order-states.ts";
import type { VatClass } from "../models/vat.ts";
import type { CartOwner } from "./cart.ts";
import type { Tx } from "./tx.ts";

/**
 * What a thing of a kind is at this moment. detail: what stands below its title, as when and where. calendarId: whose page's merchant
 * is paid for it; null: the default one. most: pieces that the line could hold at most, its own included; null: no limit; 0: it can't
 * be had any more. trouble: why not, in words for whoever wants it; empty: nothing is wrong.
 */
export interface LineOffer {
  readonly title: string;
  readonly detail: string;
  readonly url: string;
  readonly unitPriceMinor: number;
  readonly currency: string;
  readonly vatClass: VatClass;
  readonly calendarId: CalendarId | null;
  readonly most: number | null;
  readonly trouble: string;
}

/** What somebody wants to hold. lineId: the line that has some of it already; null: a new one. */
export interface LineWish {
  readonly owner: CartOwner;
  readonly ref: string;
  readonly quantity: number;
  readonly metadata: LineMetadata;
  readonly lineId: CartLineId | null;
}

/** quantity: as many of those that were wished for as can be had, 0 included. */
export interface LineHold {
  readonly quantity: number;
  readonly offer: LineOffer;
}

/**
 * Things that another service sells through the cart, as tickets. They stand in cart lines and order lines under kind and ref, and
 * count as taken there: while a cart line is held, and while its order waits for money or is paid. Whoever sells them counts by that
 * (takenOfRef in shared/services/cart/taken.ts), so that nothing has to be given free by hand. What follows from a payment is done by
 * a handler of the activity "Update Order", whose details name the status, with OrdersService.findKindLines.
 */
export interface LineKind {
  /** As /^[a-z-]{1,20}$/, never given to other things. */
  readonly kind: string;
  /** Minutes for which a line in a cart is held. */
  readonly holdMinutes: number;
  /** By ref; what is not there any more is left out. */
  read(owner: CartOwner, refs: readonly string[]): Promise<ReadonlyMap<string, LineOffer>>;
  /** Locks what limits it, and says how many can be had until the transaction ends. Null: there is no such thing any more. */
  hold(tx: Tx, wish: LineWish): Promise<LineHold | null>;
  /** Whether an order that nobody counted any more can still have what it holds of this kind; locks it, as hold does. */
  areFree(tx: Tx, orderId: OrderId): Promise<boolean>;
}

/** Lines of a kind in an order, for whoever sells it: their state and buyer; userId null: a guest, who is reached by email. */
export interface KindLines {
  readonly orderReference: string;
  readonly status: OrderStatus;
  readonly userId: UserId | null;
  readonly email: string | null;
  readonly buyerName: string;
  readonly lines: readonly {
    readonly id: number;
    readonly ref: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitPriceMinor: number;
    /** Of the whole line, what discounts took off. */
    readonly discountMinor: number;
    readonly metadata: LineMetadata;
  }[];
}
