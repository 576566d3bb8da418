import type { App } from "../models/apps.ts";
import type { DataExportId, OrderId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** One kind of rows that a service holds of a member. file: what its files are called in the export, without their ending. */
export interface DataSet {
  readonly app: App;
  readonly file: string;
  readonly what: string;
  readonly columns: readonly string[];
}

/** A file that a member brought into the library. store: its name there; name: what its bringer called it, whatever that is. */
export interface BroughtFile {
  readonly store: string;
  readonly name: string;
}

/** An address at which a member gets what is kept of them, until then. */
export interface DataExport {
  readonly id: DataExportId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly takenAt: Date | null;
}

/** What one service does with one kind of rows when a member goes, as they are told before they decide. */
export interface Intention {
  readonly app: App;
  readonly what: string;
  readonly deed: "deletes" | "blanks" | "keeps";
  readonly because: string;
}

export interface KeptOrder {
  readonly id: OrderId;
  readonly reference: string;
  readonly createdAt: Date;
  readonly keptUntil: Date;
}

/** All that the six services hold of a member, each what it declares. */
export interface PersonalDataService {
  /** What there is to take along, service by service. */
  readonly sets: readonly DataSet[];
  /** Rows of a set, some at a time; offset: how many were read before. Empty: that was all. */
  readRows(userId: UserId, set: DataSet, offset: number): Promise<readonly Readonly<Record<string, unknown>>[]>;
  listFiles(userId: UserId): Promise<readonly BroughtFile[]>;
  /** What each service will do, of the kinds that it holds rows of. */
  listIntentions(userId: UserId): Promise<readonly Intention[]>;
  /** Those of the orders that are the member's, by their date. keptUntil: when the books of its year close. */
  listOrders(userId: UserId, ids: readonly OrderId[]): Promise<readonly KeptOrder[]>;
  /** The member's order of this reference; null: they have none. */
  findOrder(userId: UserId, reference: string): Promise<KeptOrder | null>;

  /** The member's exports that are open, the latest first. */
  listExports(userId: UserId): Promise<readonly DataExport[]>;
  askExport(tx: Tx, userId: UserId, expiresAt: Date): Promise<DataExportId>;
  /** An open one of the member's; null for whatever else. It is marked as taken. */
  takeExport(tx: Tx, userId: UserId, id: string): Promise<DataExport | null>;
  /** Deletes those that are over; gives how many. */
  forgetExports(tx: Tx, now: Date): Promise<number>;
}
