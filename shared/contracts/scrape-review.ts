import type { CategoryId, ProductId, ScrapeAlarmId, ScrapeFindingId, ScrapeRunId, UserId } from "../models/ids.ts";
import type { Decision, Drift, FindingDoubt, FindingField, FindingKind, FindingState } from "../models/scrape-findings.ts";
import type { RunState } from "../models/scraping.ts";
import type { Paging } from "./dto.ts";
import type { SomeProductFields } from "./product-fields.ts";
import type { NewProduct } from "./shelf.ts";
import type { Tx } from "./tx.ts";

/** One field of a finding. before and after: as the product holds it; availability as AvailabilitySaid. override: staff say this instead, whatever is accepted. */
export interface FindingFieldView {
  readonly field: FindingField;
  readonly before: unknown;
  readonly after: unknown;
  readonly canTake: boolean;
  readonly source: string;
  readonly confidencePercent: number;
  readonly doubt: FindingDoubt | "";
  readonly decision: Decision;
  readonly rule: string;
  readonly reason: string;
  /** Who decided; "": a rule, or somebody who is gone. */
  readonly by: string;
  readonly decidedAt: Date | null;
  readonly override: { readonly value: unknown; readonly by: string; readonly reason: string } | null;
}

/** A product that is on the shelf, as findings name it. */
export interface FoundProduct {
  readonly id: ProductId;
  readonly slug: string;
  readonly name: string;
  readonly supplier: string;
  readonly priceMinor: number;
  readonly currency: string;
  readonly stock: number;
}

/** A finding in a list. title: how the product is called here, else there. */
export interface FindingView {
  readonly id: ScrapeFindingId;
  readonly supplierId: number;
  readonly supplier: string;
  readonly supplierSlug: string;
  readonly sku: string;
  readonly runId: ScrapeRunId;
  readonly kind: FindingKind;
  readonly state: FindingState;
  readonly doubts: readonly FindingDoubt[];
  readonly isHeld: boolean;
  readonly title: string;
  readonly currency: string;
  readonly foundAt: Date;
  readonly fields: readonly FindingFieldView[];
}

/** A finding whole. url: the supplier's page; match: a product that it may be; newer: the finding that took its place. */
export interface FindingPage extends FindingView {
  readonly url: string;
  readonly images: readonly string[];
  readonly product: FoundProduct | null;
  readonly match: FoundProduct | null;
  readonly newer: ScrapeFindingId | null;
}

/** held: those that no rule accepts; prices: those of which only prices wait, none of them held. settled: nothing of them waits, and something was decided. Nulls leave open. */
export interface FindingFilter {
  readonly supplierId: number | null;
  readonly runId: ScrapeRunId | null;
  readonly group: FindingKind | "held" | "prices" | null;
  readonly state: "waiting" | "settled";
  /** Part of a name or number. */
  readonly words: string;
}

/** newest: the highest of all that fit, on whatever page; null: none does. */
export interface FindingList extends Paging {
  readonly findings: readonly FindingView[];
  readonly total: number;
  readonly newest: ScrapeFindingId | null;
}

/** How many wait, by group; held and prices are also among the kinds. */
export type FindingCounts = Readonly<Record<FindingKind | "held" | "prices" | "all", number>>;

/** settled: somebody or a rule was quicker; superseded: a later run says otherwise; late: the supplier's word here is newer than this; untakable: one of the fields can't stand on the shelf. */
export type DecideResult =
  | { readonly kind: "decided"; readonly left: number }
  | { readonly kind: "settled" }
  | { readonly kind: "superseded" }
  | { readonly kind: "late" }
  | { readonly kind: "untakable"; readonly fields: readonly FindingField[] };

/** fields null: all that wait. */
export interface FindingDecision {
  readonly id: ScrapeFindingId;
  readonly verdict: "accept" | "decline";
  readonly fields: readonly FindingField[] | null;
  readonly reason: string;
  readonly by: UserId;
}

/** What comes of a new thing: a product of its own, or the number of one that is there. Staff's fields stand above the supplier's where they differ. */
export interface NewFromFinding {
  readonly id: ScrapeFindingId;
  readonly slug: string;
  readonly fields: NewProduct["fields"];
  readonly categoryIds: readonly CategoryId[];
  readonly stock: number;
  readonly by: UserId;
}

export type TakeNewResult =
  | { readonly kind: "made"; readonly productId: ProductId }
  | { readonly kind: "slug-taken" }
  | Exclude<DecideResult, { kind: "decided" | "untakable" }>;

export type LinkResult = Exclude<TakeNewResult, { kind: "slug-taken" }>;

/** What the form for a new product begins with. */
export interface NewProductGuess {
  readonly slug: string;
  readonly fields: SomeProductFields;
  readonly categoryIds: readonly CategoryId[];
  readonly categories: readonly { readonly id: CategoryId; readonly name: string }[];
}

/** An alarm about drift. */
export interface ScrapeAlarm {
  readonly id: ScrapeAlarmId;
  readonly supplierId: number;
  readonly runId: ScrapeRunId;
  readonly lastRunId: ScrapeRunId;
  readonly drifts: readonly Drift[];
  readonly raisedAt: Date;
  readonly ending: "" | "found-again" | "dismissed";
  readonly endedAt: Date | null;
  readonly endedBy: string;
  readonly reason: string;
}

/** A supplier with what there is to know of its pages. lastRun null: they were never read; waiting: findings. */
export interface SupplierOverview {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly place: string;
  readonly waiting: number;
  readonly held: number;
  readonly hasAlarm: boolean;
  readonly lastRun: { readonly id: ScrapeRunId; readonly state: RunState; readonly askedAt: Date; readonly finishedAt: Date | null } | null;
}

/** What came of runs over suppliers' pages, for people to accept. Commands write into the log who did it, and emit activities. */
export interface ScrapeReviewService {
  /** Makes findings of what a run saw: asked at its end, in that transaction, whether it was complete or not. Asked again it changes nothing. */
  compare(tx: Tx, runId: ScrapeRunId): Promise<void>;
  /** Accepts what the rules of its run let pass, some findings at a time; nothing while an alarm stands. Gives how many it took: 0, and all is done. */
  acceptByRules(tx: Tx, runId: ScrapeRunId): Promise<number>;
  /** Throws not-found. */
  decide(tx: Tx, decision: FindingDecision): Promise<DecideResult>;
  /**
   * Decides what waits and fits, some at a time: decided 0, and nothing more can be. upTo: what was found after that one nobody saw,
   * and it stays. So do new things, and what is held or late, if they are to be accepted. left: how many that fit still wait.
   */
  decideMany(
    tx: Tx,
    wish: {
      readonly which: (FindingFilter & { readonly upTo: ScrapeFindingId }) | readonly ScrapeFindingId[];
      readonly verdict: "accept" | "decline";
      readonly reason: string;
      readonly by: UserId;
    },
  ): Promise<{ readonly decided: number; readonly left: number }>;
  createFrom(tx: Tx, wish: NewFromFinding): Promise<TakeNewResult>;
  /** The finding's number is one of a product that is there; what its own supplier says otherwise waits for the next comparison. Throws not-found where it is not. */
  linkTo(tx: Tx, wish: { readonly id: ScrapeFindingId; readonly productId: ProductId; readonly by: UserId }): Promise<LinkResult>;
  /** Takes what pages say now for how it is. False: it no longer stands. */
  dismissAlarm(tx: Tx, wish: { readonly id: ScrapeAlarmId; readonly reason: string; readonly by: UserId }): Promise<boolean>;

  /** The newest first; held ones before others. page: from 1. */
  listFindings(filter: FindingFilter, page: number): Promise<FindingList>;
  /** Throws not-found. */
  getFinding(id: ScrapeFindingId): Promise<FindingPage>;
  countWaiting(where: { readonly supplierId: number | null; readonly runId: ScrapeRunId | null }): Promise<FindingCounts>;
  /** What of each state came of a run, by decision of its fields. */
  countDecided(runId: ScrapeRunId): Promise<Readonly<Record<Decision, number>>>;
  guessProduct(finding: FindingPage): Promise<NewProductGuess>;
  /** Products that may be it: by name, at most 20. */
  findProducts(words: string): Promise<readonly FoundProduct[]>;
  /** All of them, by name. */
  listSuppliers(): Promise<readonly SupplierOverview[]>;
  /** Throws not-found. */
  getSupplier(slug: string): Promise<SupplierOverview>;
  /** Those that stand. */
  listAlarms(): Promise<readonly ScrapeAlarm[]>;
  /** The newest first, at most 20. */
  listAlarmsOf(supplierId: number): Promise<readonly ScrapeAlarm[]>;
}
