import type { DiscountAudience } from "../models/discounts.ts";
import type { CategoryId, DiscountId, MerchantId, ProductId, UserId } from "../models/ids.ts";
import type { CartOwner } from "./cart.ts";
import type { Tx } from "./tx.ts";

/** How much less: a share in hundredths of a percent, or an amount off all that is covered of an order together. */
export type DiscountFigure =
  | { readonly kind: "percent"; readonly basisPoints: number }
  | { readonly kind: "amount"; readonly amountMinor: number };

/** What it covers of its merchant's lines. */
export type DiscountCover =
  | { readonly kind: "everything" }
  | { readonly kind: "category"; readonly categoryId: CategoryId }
  | { readonly kind: "product"; readonly productId: ProductId };

export interface DiscountFields {
  readonly name: string;
  readonly merchantId: MerchantId;
  readonly figure: DiscountFigure;
  readonly covers: DiscountCover;
  readonly audience: DiscountAudience;
  /** Of the audience "group"; else null. */
  readonly groupName: string | null;
  readonly code: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly maxUses: number | null;
  readonly isCombinable: boolean;
  readonly isActive: boolean;
}

/** state: by the database's clock. uses: orders that have it, but for those that came to nothing. */
export interface DiscountForEditing extends DiscountFields {
  readonly id: DiscountId;
  readonly revision: number;
  readonly merchantName: string;
  readonly currency: string;
  /** The name of the shelf or product; empty: everything. */
  readonly coveredName: string;
  readonly state: "running" | "to-come" | "over" | "used-up" | "off";
  readonly uses: number;
}

/** Somebody to whom staff have granted it, and why. */
export interface DiscountGrant {
  readonly userId: UserId;
  readonly name: string;
  readonly reason: string;
  readonly assertedBy: string;
  readonly byName: string;
  readonly endsAt: Date | null;
}

/** conflict: somebody else changed it meanwhile; taken: another one has the code; gone: it, or what it names, is not there. */
export type DiscountResult = { readonly kind: "changed"; readonly id: DiscountId } | { readonly kind: "conflict" | "taken" | "gone" };

/**
 * What a discount comes to in a cart, and why not more. given: it is taken off, so much. not-for-you: who does not get it; nothing-covered:
 * nothing in the cart is what it is for; another: it does not go with the others, and they take off more.
 */
export type DiscountAnswer = {
  readonly id: DiscountId;
  readonly name: string;
  readonly figure: DiscountFigure;
  readonly coveredName: string;
  readonly merchantName: string;
  readonly currency: string;
  readonly endsAt: Date | null;
  readonly audience: DiscountAudience;
  readonly groupName: string | null;
  readonly hasCode: boolean;
  /** Why staff have granted it to this person, where they have. */
  readonly reasons: readonly string[];
} & (
  | { readonly kind: "given"; readonly amountMinor: number }
  | { readonly kind: "not-for-you" }
  | { readonly kind: "nothing-covered" }
  | { readonly kind: "another" }
);

/** Less to pay: edited by staff, decided by arithmetic, explained by the relation cart.entitled. */
export interface DiscountsService {
  /** Running ones first. */
  list(): Promise<readonly DiscountForEditing[]>;
  /** Throws not-found. */
  get(id: DiscountId): Promise<DiscountForEditing>;
  listGrants(id: DiscountId): Promise<readonly DiscountGrant[]>;
  /** What each discount comes to that this owner may know of: those without a code, and of the code that their cart has. */
  answersFor(owner: CartOwner): Promise<readonly DiscountAnswer[]>;
  create(tx: Tx, discount: { fields: DiscountFields; by: UserId }): Promise<DiscountResult>;
  /** What was ordered with it stays as it was. */
  change(tx: Tx, change: { id: DiscountId; revision: number; fields: DiscountFields; by: UserId }): Promise<DiscountResult>;
}
