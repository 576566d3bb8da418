import type { PeopleImportId, UserId } from "../models/ids.ts";
import type { IMPORT_STATES, ImportKind } from "../models/people.ts";
import type { Tx } from "./tx.ts";

/** One line of a list that a member brings: who, as @ada@theirs.example without the first @, or which host; of lists in which. */
export interface ImportRow {
  readonly name: string;
  readonly list: string;
  readonly hidesNotifications: boolean;
}

/** How far an import is; failed: the first fifty that came to nothing, with why. sample: the first lines. startedAt null: it was looked at only. */
export interface ImportView {
  readonly id: PeopleImportId;
  readonly kind: ImportKind;
  readonly startedAt: Date | null;
  readonly counts: Readonly<Record<(typeof IMPORT_STATES)[number], number>>;
  readonly failed: readonly { readonly name: string; readonly note: string }[];
  readonly sample: readonly ImportRow[];
}

/** A line that is to be done, for whom. */
export interface ImportTask extends ImportRow {
  readonly userId: UserId;
  readonly handle: string;
  readonly kind: ImportKind;
}

/** Lists that members bring along from other servers: looked at, then done line by line, at the pace that the hosts allow. */
export interface PeopleImportsService {
  /** Keeps the lines; what the member had brought before and not begun is forgotten. */
  propose(tx: Tx, userId: UserId, kind: ImportKind, rows: readonly ImportRow[]): Promise<PeopleImportId>;
  /** Begins: one activity for each line, those about one host in one order. False: it was begun before, or is not the member's. */
  start(tx: Tx, userId: UserId, id: PeopleImportId): Promise<boolean>;
  /** Throws not-found for somebody else's. */
  get(userId: UserId, id: PeopleImportId): Promise<ImportView>;
  /** The latest five that were begun. */
  listLately(userId: UserId): Promise<readonly ImportView[]>;
  /** Null: it is done, or gone. */
  findTask(id: PeopleImportId, position: number): Promise<ImportTask | null>;
  settle(
    tx: Tx,
    id: PeopleImportId,
    position: number,
    outcome: { readonly state: "done" | "failed"; readonly note: string },
  ): Promise<void>;
}
