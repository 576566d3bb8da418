import { z } from "zod";
import type { ChangeLineState, ChangeSetKind, ChangeSetState } from "../models/change-sets.ts";
import type { CategoryId, ChangeSetId, ProductId, UserId } from "../models/ids.ts";
import type { Paging } from "./dto.ts";
import { PRODUCT_FIELDS, type ProductField, someProductFields } from "./product-fields.ts";
import type { Tx } from "./tx.ts";

const productId = z.custom<ProductId>((id) => Number.isSafeInteger(id));
const categoryIds = z.array(z.custom<CategoryId>((id) => Number.isSafeInteger(id))).readonly();
const field = z.custom<ProductField>((name) => PRODUCT_FIELDS.some((known) => known === name));
const stock = z.number().int().nonnegative().max(99_999).nullable();

/**
 * What is to be done to one product. edit: as staff say it from now on, and whom they follow again. heard: what its supplier says
 * under a number of theirs, beside what they said before of other fields. new: a product that is not there. settle: what price rules
 * make of it. stock null: as it is; addTo, takeFrom: shelves.
 */
export const productChangePlan = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("edit"),
    productId,
    set: someProductFields,
    follow: z.array(field).readonly(),
    addTo: categoryIds,
    takeFrom: categoryIds,
    stock,
  }),
  z.object({
    kind: z.literal("heard"),
    productId,
    supplierId: z.number().int(),
    sku: z.string(),
    said: someProductFields,
    addTo: categoryIds,
    stock,
  }),
  z.object({
    kind: z.literal("new"),
    supplierId: z.number().int(),
    sku: z.string().nullable(),
    slug: z.string().nullable(),
    said: someProductFields,
    addTo: categoryIds,
    stock,
  }),
  z.object({ kind: z.literal("settle"), productId }),
]);
export type ProductChangePlan = z.output<typeof productChangePlan>;

/** A line of a list or of a choice: what is to be done, or why it can't be. name: for what has no product yet. */
export interface Proposal {
  line: number;
  name: string;
  plan: ProductChangePlan | { kind: "refused"; reason: string };
}

/** details: plain values that its kind wants to remember. */
export interface NewChangeSet {
  kind: ChangeSetKind;
  title: string;
  by: UserId;
  details: Readonly<Record<string, unknown>>;
}

/** A set in a list of sets. counts: lines by their state. */
export interface ChangeSetHead {
  id: ChangeSetId;
  kind: ChangeSetKind;
  state: ChangeSetState;
  title: string;
  reason: string;
  by: string;
  details: Readonly<Record<string, unknown>>;
  createdAt: Date;
  doneAt: Date | null;
  counts: Readonly<Record<ChangeLineState, number>>;
}

/** A line as it is shown. url: its product behind the counter. */
export interface ChangeLineView {
  line: number;
  productId: ProductId | null;
  name: string;
  state: ChangeLineState;
  note: string;
  changes: readonly { field: string; before: unknown; after: unknown }[];
}

export interface ChangeSetPage extends Paging {
  set: ChangeSetHead;
  lines: readonly ChangeLineView[];
}

/** Whose numbers name which products. Numbers that name two are in none. */
export interface KnownNumbers {
  bySlug: ReadonlyMap<string, ProductId>;
  byGtin: ReadonlyMap<string, ProductId>;
  bySku: ReadonlyMap<string, ProductId>;
}

/**
 * Changes of many products: written down with what each would change, looked at, and then made, some at a time, each only if it still
 * changes just that. Whoever changed a product meanwhile is not overruled: the line says so.
 */
export interface ChangeSetsService {
  draft(tx: Tx, set: NewChangeSet, proposals: readonly Proposal[]): Promise<ChangeSetId>;
  /** A list whose columns have not been named yet. */
  keepFile(tx: Tx, set: NewChangeSet, file: string): Promise<ChangeSetId>;
  /** The text of a list that nothing has been done about. Throws not-found. */
  getFile(id: ChangeSetId): Promise<{ title: string; file: string; details: Readonly<Record<string, unknown>> }>;
  /** Writes down anew what a list would change. gone: something has been done about it. */
  redraft(tx: Tx, id: ChangeSetId, details: Readonly<Record<string, unknown>>, proposals: readonly Proposal[]): Promise<"drafted" | "gone">;
  /** What could not be done, looked at anew as a set of its own. null: nothing is left. */
  draftRest(tx: Tx, id: ChangeSetId, by: UserId): Promise<ChangeSetId | null>;
  /** The prices that are not what the rules make of them. null: there are none. */
  draftByRules(tx: Tx, by: UserId): Promise<ChangeSetId | null>;
  /** The newest first. page: from 1. */
  listSets(page: number): Promise<Paging & { sets: readonly ChangeSetHead[] }>;
  /** state null: lines in any state. page: from 1. Throws not-found. */
  getSet(id: ChangeSetId, state: ChangeLineState | null, page: number): Promise<ChangeSetPage>;
  /** It may begin. reason: stands in the history of each product; withHeld: also what was held. late: it is not a draft any more. */
  start(tx: Tx, id: ChangeSetId, go: { reason: string; withHeld: boolean; by: UserId }): Promise<"started" | "late">;
  discard(tx: Tx, id: ChangeSetId): Promise<"discarded" | "late">;
  /** Makes the next ones, at most `limit`; busy: somebody else is at it. */
  applySome(tx: Tx, id: ChangeSetId, limit: number): Promise<"more" | "done" | "busy">;
  /** The next one could not be made and is left out, so that the others go on. */
  leaveOut(tx: Tx, id: ChangeSetId): Promise<void>;
  listApplying(): Promise<readonly ChangeSetId[]>;
  /** Drafts that nobody did anything about since. Gives how many it forgot. */
  forgetDrafts(tx: Tx, before: Date): Promise<number>;
  /** supplierId null: numbers of suppliers name nothing. */
  findNumbers(asked: {
    slugs: readonly string[];
    gtins: readonly string[];
    skus: readonly string[];
    supplierId: number | null;
  }): Promise<KnownNumbers>;
}
