import type { MerchantId, PageId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** What is said of a merchant. code: as SumUp knows it; address and vatId stand on receipts, and may be empty. chargesVat false: it is not registered, and there is no tax in what it sells. */
export interface MerchantFields {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly address: string;
  readonly vatId: string;
  readonly chargesVat: boolean;
  readonly isActive: boolean;
}

/** A merchant behind the counter. isUsed: something was sold by it, so that code and currency stay. keySetAt null: no key is kept here. */
export interface MerchantForEditing extends MerchantFields {
  readonly id: MerchantId;
  readonly isDefault: boolean;
  readonly isUsed: boolean;
  readonly keySetAt: Date | null;
  readonly revision: number;
  readonly pages: readonly { readonly id: PageId; readonly title: string; readonly path: string }[];
  /** Payments of it that somebody may still make. */
  readonly openPayments: number;
}

/**
 * One thing that is changed of a merchant. key: its API key, sealed; null: none is kept any more. default: it is paid for whatever no
 * page's merchant sells. page: what that page shows is sold by it, and by nobody else.
 */
export type MerchantChange =
  | { readonly kind: "details"; readonly revision: number; readonly fields: MerchantFields }
  | { readonly kind: "key"; readonly sealed: string | null }
  | { readonly kind: "default" }
  | { readonly kind: "page"; readonly pageId: PageId }
  | { readonly kind: "no-page"; readonly pageId: PageId };

/** conflict: somebody else changed it meanwhile; taken: another one has the code; used: its code or currency stays; gone: it, or the page, is not there. */
export type MerchantResult = { readonly kind: "changed" | "conflict" | "taken" | "used" | "gone" };

/** Who is paid for what: the default one, and those of pages. */
export interface MerchantsService {
  /** The default one first, then by name. */
  list(): Promise<readonly MerchantForEditing[]>;
  /** Throws not-found. */
  get(id: MerchantId): Promise<MerchantForEditing>;
  /** Pages that nobody's merchant has, by their path. */
  listFreePages(): Promise<readonly { readonly id: PageId; readonly title: string; readonly path: string }[]>;
  /** The API key that is kept of a merchant, sealed; null: none. */
  findSealedKey(code: string): Promise<string | null>;
  /** The first one is the default one. Null: another has the code. */
  create(tx: Tx, merchant: { fields: MerchantFields; by: UserId }): Promise<MerchantId | null>;
  /** Stands in the log, the key without what it is. */
  change(tx: Tx, change: { id: MerchantId; by: UserId; change: MerchantChange }): Promise<MerchantResult>;
}
