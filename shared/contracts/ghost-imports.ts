import type { GhostImportId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";
import type { PieceKind } from "./writing.ts";

/** What would come of a piece of a file. change: it is here, and the file has it otherwise. same: it is here as in the file. */
export type GhostPlan = "make" | "change" | "same" | "skip";

/** A piece of a file with what would come of it. reasons: why, and what to know. piece: as the Admin API gives one; null: nothing is to be done. */
export interface PlannedItem {
  readonly kind: PieceKind;
  readonly ghostId: string;
  readonly title: string;
  readonly slug: string;
  readonly plan: GhostPlan;
  readonly reasons: readonly string[];
  readonly piece: unknown;
}

/** A file that was read. siteUrl: where its pictures are, "" for nowhere; without a slash at its end. */
export interface NewGhostImport {
  readonly name: string;
  readonly siteUrl: string;
  readonly ghostVersion: string;
  readonly exportedAt: Date | null;
  readonly by: UserId;
}

/** A file and how far it is. plans: how many pieces of each plan; waiting, failed, left (as it was stopped): of those that something is to be done for. */
export interface GhostImport {
  readonly id: GhostImportId;
  readonly name: string;
  readonly siteUrl: string;
  readonly ghostVersion: string;
  readonly exportedAt: Date | null;
  readonly state: "ready" | "running" | "done" | "stopped";
  readonly trouble: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly plans: Readonly<Record<GhostPlan, number>>;
  readonly waiting: number;
  readonly failed: number;
  readonly left: number;
}

/** A piece of a file as a list shows it. note: what came of it. */
export interface GhostImportItem {
  readonly id: number;
  readonly kind: PieceKind;
  readonly title: string;
  readonly slug: string;
  readonly plan: GhostPlan;
  readonly reasons: readonly string[];
  readonly state: "waiting" | "done" | "failed";
  readonly note: string;
}

/** A piece that is to be brought here. */
export interface WaitingItem {
  readonly id: number;
  readonly kind: PieceKind;
  readonly ghostId: string;
  readonly title: string;
  readonly piece: unknown;
}

/** Files that were exported from a Ghost: what would come of them, and what came of them. */
export interface GhostImportsService {
  /** The newest first. */
  list(limit: number): Promise<readonly GhostImport[]>;
  /** Throws not-found. */
  get(id: GhostImportId): Promise<GhostImport>;
  /** Those of one plan, in the file's order, first those that there is something to know of; null: those that failed. */
  listItems(id: GhostImportId, plan: GhostPlan | null, limit: number): Promise<readonly GhostImportItem[]>;
  /** Which of these addresses ("/posts/rye", "/about") lead to something here. */
  listTaken(addresses: readonly string[]): Promise<readonly string[]>;

  /** Writes down what was read, ready to be begun; the pieces are taken as they come. */
  add(tx: Tx, file: NewGhostImport, items: AsyncIterable<PlannedItem>): Promise<GhostImportId>;
  /** Has it brought here; again, for what failed. False: it is under way already, or was stopped. */
  begin(tx: Tx, id: GhostImportId, by: UserId): Promise<boolean>;
  /** Leaves what is not here yet. False: it was over. */
  stop(tx: Tx, id: GhostImportId, by: UserId): Promise<boolean>;
  /** Forgets the texts of files that nobody began before then. */
  forget(tx: Tx, before: Date): Promise<void>;

  /** Takes one that is under way in hand for so long, or keeps it; null: there is none that another process has not. */
  take(tx: Tx, holder: string, seconds: number): Promise<{ readonly id: GhostImportId; readonly siteUrl: string } | null>;
  release(tx: Tx, holder: string): Promise<void>;
  listWaiting(id: GhostImportId, limit: number): Promise<readonly WaitingItem[]>;
  /** Where the file's own pieces are, or will be, here: by their last parts in Ghost. */
  listAddresses(id: GhostImportId): Promise<ReadonlyMap<string, string>>;
  /** Notes what came of a piece. */
  settle(tx: Tx, item: number, outcome: { readonly state: "done" | "failed"; readonly note: string }): Promise<void>;
  /** Ends it where nothing waits any more. */
  end(tx: Tx, id: GhostImportId): Promise<void>;
}
