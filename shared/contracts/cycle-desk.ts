import type { OrderCycleId, PickUpId, ProductId, UserId } from "../models/ids.ts";
import type { CycleState, IncompleteCase } from "../models/order-cycles.ts";
import type { DeliveryRule } from "./cycles.ts";
import type { CaseProgress } from "./product-card.ts";
import type { Tx } from "./tx.ts";

/** A pick-up as it is typed. id null: it is new. delivery null: it is fetched. */
export interface PickUpDraft {
  id: PickUpId | null;
  place: string;
  startsAt: Date;
  endsAt: Date;
  capacity: number | null;
  delivery: DeliveryRule | null;
}

/** All that staff say of a cycle. opensAt before closesAt; each pick-up begins before it ends. */
export interface CycleDraft {
  name: string;
  note: string;
  /** An IANA name. */
  zone: string;
  opensAt: Date;
  closesAt: Date;
  incompleteCase: IncompleteCase;
  usesStock: boolean;
  supplierIds: readonly number[];
  productIds: readonly ProductId[];
  pickUps: readonly PickUpDraft[];
}

/** A cycle in the list behind the counter. orders: paid ones with something of it. */
export interface CycleLine {
  id: OrderCycleId;
  name: string;
  state: CycleState;
  zone: string;
  opensAt: Date;
  closesAt: Date;
  orders: number;
}

/** What a cycle brings of a product so far. ordered: pieces paid for; waiting: in orders that are not paid yet, or held by carts. */
export interface LotView {
  productId: ProductId;
  name: string;
  supplierId: number;
  caseSize: number | null;
  ordered: number;
  waiting: number;
  progress: CaseProgress | null;
  maxCases: number | null;
  decision: Exclude<IncompleteCase, "decide"> | null;
}

/** A cycle behind the counter. revision: as whoever edits it saw it. isFixed: a supplier has the order, so its times stay. */
export interface CycleView extends CycleLine, Omit<CycleDraft, "pickUps"> {
  revision: number;
  isFixed: boolean;
  products: readonly { id: ProductId; slug: string; name: string }[];
  pickUps: readonly (PickUpDraft & { orders: number })[];
  lots: readonly LotView[];
}

/** Who fetches what at a pick-up, by name; pickUp null: those who have not chosen one. address: where it is brought to; empty: it is fetched. pieces: without what does not come. */
export interface PickUpList {
  pickUp: { place: string; startsAt: Date; endsAt: Date } | null;
  orders: readonly {
    reference: string;
    name: string;
    status: string;
    address: string;
    lines: readonly { name: string; pieces: number; missing: number }[];
  }[];
}

/** conflict: somebody else saved it meanwhile. fixed: a supplier has the order, and the times would change. chosen: somebody fetches at a pick-up that would go. */
export type SaveCycleResult = "saved" | "conflict" | "gone" | "fixed" | "chosen";

/** Order cycles behind the counter. Commands purge what shows them, emit activities and stand in the log. */
export interface CycleDeskService {
  /** The last cut-off first. */
  listCycles(): Promise<readonly CycleLine[]>;
  getCycle(id: OrderCycleId): Promise<CycleView>;
  listSuppliers(): Promise<readonly { id: number; name: string }[]>;
  /** The ids of products by their slugs; a slug of nothing gives null. */
  findProducts(slugs: readonly string[]): Promise<readonly (ProductId | null)[]>;
  listPickUpLists(id: OrderCycleId): Promise<readonly PickUpList[]>;
  createCycle(tx: Tx, draft: CycleDraft, by: UserId): Promise<OrderCycleId>;
  saveCycle(tx: Tx, edit: { id: OrderCycleId; revision: number; draft: CycleDraft; by: UserId }): Promise<SaveCycleResult>;
  /** From now on, by the database's clock; false: it is not planned, or not open. */
  openNow(tx: Tx, id: OrderCycleId, by: UserId): Promise<boolean>;
  closeNow(tx: Tx, id: OrderCycleId, by: UserId): Promise<boolean>;
  /** Nothing of it is to be done any more; false: it is still open, or done already. */
  markDone(tx: Tx, id: OrderCycleId, by: UserId): Promise<boolean>;
  /** false: its supplier has the order, or the cycle or product is gone. */
  settleLot(
    tx: Tx,
    lot: { cycleId: OrderCycleId; productId: ProductId; maxCases: number | null; decision: LotView["decision"]; by: UserId },
  ): Promise<boolean>;
}
