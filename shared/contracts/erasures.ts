import type { App } from "../models/apps.ts";
import type { ErasureId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

export type ErasureState = "asked" | "undone" | "running" | "finished";

/** What stands in a member's way, or goes on meanwhile. must-first: it keeps them from asking. waits: it keeps the erasure from beginning. told: it ends with it. */
export interface Affair {
  readonly kind: "last-steward" | "unpaid-order" | "open-order" | "money-owed" | "tickets" | "rooms" | "apps";
  readonly weight: "must-first" | "waits" | "told";
  /** Names of what it is about, as references of orders. */
  readonly names: readonly string[];
}

/** An erasure as its member sees it. waitsFor: kinds of affairs that keep it from beginning though it is due. */
export interface ErasureView {
  readonly id: ErasureId;
  readonly state: ErasureState;
  readonly keepsPosts: boolean;
  readonly keepsComments: boolean;
  readonly isByLetter: boolean;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly waitsFor: readonly string[];
}

/** As stewards see it: nothing of who it is. number: of the member. stuck: services whose part was given up, each with why. */
export interface ErasureRow extends ErasureView {
  readonly number: UserId;
  readonly begunAt: Date | null;
  readonly finishedAt: Date | null;
  readonly closedAt: Date | null;
  readonly done: readonly App[];
  readonly stuck: readonly { readonly app: App; readonly error: string; readonly isDead: boolean }[];
}

export interface Receipt {
  readonly app: App;
  readonly what: string;
  readonly deed: "deleted" | "blanked" | "kept";
  readonly count: number;
  readonly keptUntil: Date | null;
  readonly because: string;
}

/** dueAt: until when it can be undone. by: the steward who does it for somebody who wrote, and why; null: the member. */
export interface ErasureWish {
  readonly userId: UserId;
  readonly keepsPosts: boolean;
  readonly keepsComments: boolean;
  readonly dueAt: Date;
  readonly by: { readonly userId: UserId; readonly reason: string } | null;
}

/** before: they asked already. must-first: what has to be settled before; gone: there is no such member any more. */
export type AskResult =
  | { readonly kind: "asked"; readonly id: ErasureId }
  | { readonly kind: "before"; readonly erasure: ErasureView }
  | { readonly kind: "must-first"; readonly affairs: readonly Affair[] }
  | { readonly kind: "gone" };

/** Whom mail about an erasure goes to, and where their actor is; null: nobody any more. */
export interface ErasureMail {
  readonly id: ErasureId;
  readonly state: ErasureState;
  readonly to: string;
  readonly dueAt: Date;
  readonly askedAt: Date;
  readonly receipts: readonly Receipt[];
}

/** Where an erased member's actor was: what its host answers, and who still signs what is on its way. userId null: nobody any more. */
export interface GoneActor {
  readonly erasedAt: Date;
  readonly userId: UserId | null;
}

/** Since when the list that lies outside of the database is known here; waiting: who of it was not erased here yet. */
export interface ErasedListView {
  readonly comparedAt: Date | null;
  readonly isOfThisCluster: boolean;
  readonly waiting: number;
}

/**
 * Forgetting a member in all six services: asked for, undone until it is due, then a part in each service, in its own transaction and
 * with its receipts, in whatever order; after the last the person is told, and forgotten by this, too.
 */
export interface ErasuresService {
  listAffairs(tx: Tx, userId: UserId): Promise<readonly Affair[]>;
  /** The member's, if it is asked or running. */
  findOpen(userId: UserId): Promise<ErasureView | null>;
  find(id: ErasureId): Promise<ErasureView | null>;
  ask(tx: Tx, wish: ErasureWish): Promise<AskResult>;
  /** False: it began, or was undone, or is not theirs. */
  undo(tx: Tx, id: ErasureId, of: UserId | null): Promise<boolean>;

  /** What is due and was only asked for. */
  listDue(now: Date): Promise<readonly ErasureId[]>;
  /** From here on nobody can sign in as them; each service is told to do its part. waits: it is tried again in an hour. gone: it was undone, or has begun. */
  begin(tx: Tx, id: ErasureId): Promise<"begun" | "waits" | "gone">;
  /** A service's part, once; after the last of the six, what ends it is told. */
  forgetIn(tx: Tx, id: ErasureId, app: App): Promise<void>;
  /** The address of the actor that says goodbye, and to whom beside its followers; null: it never showed itself, or its part is done. */
  findFarewell(tx: Tx, id: ErasureId): Promise<{ readonly handle: string; readonly to: readonly string[] } | null>;
  findMail(id: ErasureId): Promise<ErasureMail | null>;
  /** Files of the media store that only they had, to be removed once nothing knows them. */
  listFiles(id: ErasureId): Promise<readonly string[]>;
  /** All parts are done and the person was told: whatever came in between is swept, and the addresses go. */
  finish(tx: Tx, id: ErasureId): Promise<void>;
  /** Those of which nothing is on its way any more, or that had a week for it, lose their keys and the handle. Gives how many. */
  closeFinished(tx: Tx, now: Date): Promise<number>;
  /** Orders whose books have closed lose the number of who was erased; gives how many. */
  releaseBooks(tx: Tx): Promise<number>;

  /** Of this handle, if it was an erased member's who showed themselves. */
  findGone(handle: string): Promise<GoneActor | null>;
  findRow(id: ErasureId): Promise<ErasureRow | null>;
  listErasures(page: number): Promise<{ readonly rows: readonly ErasureRow[]; readonly pageCount: number }>;
  listReceipts(id: ErasureId): Promise<readonly Receipt[]>;
  /** Has what was given up tried again; gives how many parts. */
  retry(tx: Tx, id: ErasureId): Promise<number>;

  getList(): Promise<ErasedListView>;
  /** Erases at once who is in the list and is here (again), all parts in one; gives how many. In a database that came back it goes before everything else. */
  replay(tx: Tx): Promise<number>;
}

/** Hashes under the deployment's secret, by which it is known that somebody was erased, and by nothing else. */
export interface Tombstones {
  addressHash(email: string): string;
  handleHash(handle: string): string;
  /** Those of the addresses whose person was erased. */
  erasedAddresses(tx: Tx, emails: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of the handles that were an erased person's: nobody gets them. */
  erasedHandles(tx: Tx, handles: readonly string[]): Promise<ReadonlySet<string>>;
  /** From now on these are an erased person's. */
  lay(tx: Tx, emails: readonly string[]): Promise<void>;
  /** Somebody came back by themselves: what is brought from elsewhere may name their address again. */
  welcomeBack(tx: Tx, email: string): Promise<void>;
}
