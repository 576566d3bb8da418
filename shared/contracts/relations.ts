import type { App } from "../models/apps.ts";
import type { UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** What a role may permit; shared/relations/rights.dl says which does. */
export const ACTIONS = ["see-admin", "operate", "assert-facts", "grant-roles", "read-audit", "edit"] as const;
export type Action = (typeof ACTIONS)[number];

/** Where a right holds: in the whole site or in one service. */
export type Scope = "site" | App;

/** Kinds of rows that constants name. */
export const ID_KINDS = [
  "user",
  "page",
  "post",
  "tag",
  "product",
  "category",
  "order",
  "discount",
  "entry",
  "calendar",
  "ticket-type",
  "ticket",
  "subscriber",
  "room",
  "occurrence",
  "booking",
  "closure",
] as const;
export type IdKind = (typeof ID_KINDS)[number];

/** What a column's values are. An id's constant is its kind and its number, "user:7"; text stands as it is. */
export type Kind = IdKind | "text";

/** A value in a tuple. */
export type Value = string | number;

/** A relation as handlers ask it: its rows have one property for each column, ids without their kind. */
export interface RelationHandle<Row extends Record<string, Value>> {
  /** "<owner>.<name>" */
  relation: string;
  columns: { readonly [Column in keyof Row]: Kind };
}

/** One tuple, by its relation's full name. */
export interface FactRef {
  relation: string;
  values: readonly Value[];
}

/** expiresAt null: until somebody takes it back. */
export interface NewAssertion extends FactRef {
  reason: string;
  expiresAt: Date | null;
}

/** assertedBy: whose assertion is taken back, "user:<id>" or "app:<name>". */
export interface Retraction extends FactRef {
  reason: string;
  assertedBy: string;
}

/** Why an assertion is not taken: nobody or not this person may say so, or it concerns themselves, or no tuple looks so. */
export type Refusal = { kind: "not-yours" } | { kind: "about-oneself" } | { kind: "malformed"; message: string };
export type AssertResult = { kind: "asserted" } | Refusal;
export type RetractResult = { kind: "retracted" } | { kind: "not-asserted" } | Refusal;

/** A constant as people read it: a row's name, with its kind; text is its own name. */
export interface NamedValue {
  value: Value;
  name: string;
}

/** A relation in the list of them. tuples null: on demand, so nobody has counted. */
export interface RelationView {
  name: string;
  fullName: string;
  /** A tuple in words, with the columns' names in place: "part lies under whole". */
  words: string;
  columns: readonly string[];
  tuples: number | null;
  ceiling: number | null;
  isOverCeiling: boolean;
  isExported: boolean;
  mayAssert: boolean;
  isRight: boolean;
}

export interface Assertion {
  by: NamedValue;
  /** As tables name who it was. */
  assertedBy: string;
  reason: string;
  createdAt: Date;
  expiresAt: Date | null;
}

/** A tuple with what it rests on. */
export interface TupleView {
  values: readonly NamedValue[];
  words: string;
  assertions: readonly Assertion[];
  /** Names of the projections that state it. */
  projections: readonly string[];
  /** Rules that derive it. */
  derivedBy: readonly string[];
}

export interface RelationPage {
  relation: RelationView;
  tuples: readonly TupleView[];
  /** false: only what is asserted is shown; a value in some column is needed to derive the rest. */
  isWhole: boolean;
  page: number;
  pageCount: number;
}

/** One step of a proof, in words. isCut: it rests on something the viewer may not see. */
export interface ProofView {
  words: string;
  because: "asserted" | "projected" | "program" | "rule" | "builtin" | "absent" | "cut";
  /** Who asserted it, or which projection. */
  source: string;
  rule: string;
  premises: readonly ProofView[];
}

/** Why a rule does not give the tuple: what of it holds, and what is missing. */
export interface FailedRule {
  rule: string;
  holds: readonly string[];
  missing: string;
}

export interface FactPage {
  relation: RelationView;
  tuple: TupleView;
  proof: ProofView | null;
  failed: readonly FailedRule[];
}

/** How a service's relations keep up. lagMs: since they last knew that they had seen everything; null: nothing is kept yet. */
export interface RelationsHealth {
  isLoaded: boolean;
  lagMs: number | null;
  trouble: string | null;
  isExporter: boolean;
  overCeiling: readonly string[];
  tuples: number;
}

/** Who may do what, and what else follows from the facts that people and tables state. */
export interface RelationsService {
  /** Whether the person may do this there, decided anew. Throws unavailable where it can't be decided. */
  may(userId: UserId, action: Action, scope: Scope): Promise<boolean>;
  /** The same with everything that the transaction can see. */
  mayWithin(tx: Tx, userId: UserId, action: Action, scope: Scope): Promise<boolean>;
  /** Whether a fact holds, decided anew, as may() does. */
  holds(fact: FactRef): Promise<boolean>;
  /** What the person may do there. */
  listActions(userId: UserId, scope: Scope): Promise<readonly Action[]>;
  /** The person's roles, granted and derived. */
  listRoles(userId: UserId): Promise<readonly { role: string; scope: string }[]>;
  /** Who has this role there, granted or derived, with everything that the transaction can see. */
  listHolders(tx: Tx, role: string, scope: Scope): Promise<readonly UserId[]>;
  /** Roles that being in a group gives, by itself or through what it is part of, with everything that the transaction can see. */
  listGroupRoles(tx: Tx, group: string): Promise<readonly { role: string; scope: string; group: string }[]>;
  /** Does what may take the role of admin from somebody; throws last-admin where nobody would have it any more. */
  keepingAnAdmin<T>(tx: Tx, change: () => Promise<T>): Promise<T>;
  /** The tuples that have the given values, as rows, sorted. Throws question-too-wide where too little is given. */
  list<Row extends Record<string, Value>>(handle: RelationHandle<Row>, where: Partial<Row>): Promise<readonly Row[]>;

  /** The relations of this service that the person may see. */
  listRelations(viewer: UserId): Promise<readonly RelationView[]>;
  /** Throws not-found for relations that the person may not see. */
  getRelation(viewer: UserId, name: string): Promise<RelationView>;
  /** Values as people type them: "user:ada" and "page:about" are found by their names in addresses; null: empty, or nothing is called so. */
  readValues(typed: readonly string[]): Promise<readonly (Value | null)[]>;
  /** values: null in free columns. page: from 1. Throws not-found for relations that the person may not see. */
  getRelationPage(viewer: UserId, name: string, values: readonly (Value | null)[], page: number): Promise<RelationPage>;
  /** Why a tuple holds or does not, cut to what the person may see. */
  getFactPage(viewer: UserId, fact: FactRef): Promise<FactPage>;
  /**
   * Why a fact holds, cut to what the viewer may see, null: to what everybody may; null: it does not. alsoSees: full names of relations of which the caller
   * may show this viewer everything.
   */
  explain(viewer: UserId | null, fact: FactRef, alsoSees: readonly string[]): Promise<ProofView | null>;
  /** All tuples that have the given values, each with its proof as everybody may see it. values: null in free columns. */
  listProofs(relation: string, values: readonly (Value | null)[]): Promise<readonly { values: readonly Value[]; proof: ProofView }[]>;
  assertFact(tx: Tx, by: UserId, assertion: NewAssertion): Promise<AssertResult>;
  retractFact(tx: Tx, by: UserId, retraction: Retraction): Promise<RetractResult>;
  getHealth(): RelationsHealth;
}
