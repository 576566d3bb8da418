import type { Action, Kind } from "../../contracts/relations.ts";
import type { CacheTag } from "../../contracts/tags.ts";
import type { App } from "../../models/apps.ts";

/** Facts of a relation read from domain tables. */
export interface Projection {
  /** Unique in its service, for people: "pages and their parents". */
  name: string;
  /** What each column's values are: the prefix that makes a constant of an id, or text as it stands. */
  kinds: readonly Kind[];
  /** One row for each tuple, with columns c0, c1, …: plain ids and texts. c0 is what the table's trigger names a changed row by. */
  select: string;
  /** The table whose trigger notes changes; for materialised relations only. */
  watches?: string;
}

/** What a program's relation is, beside its rules. */
export interface RelationDeclaration {
  /** Names of the columns, which typed rows have too. */
  columns: readonly string[];
  /** A tuple in words; {column} stands for its value. */
  says: string;
  projections?: readonly Projection[];
  /** What one must be allowed to do here to assert it or take an assertion back. Absent: nobody may. */
  assertedBy?: Action;
  /** Whether it gives people rights: granting takes an admin and can expire; nobody grants to themselves. */
  isRight?: boolean;
  /** Who may be shown its facts in a proof. Default: whoever may see /admin; "everyone": it says nothing of people. */
  seenBy?: "everyone";
}

/** A relation kept whole in memory. ceiling: how many tuples it is meant to have at most; more is said aloud. */
export interface MaterialisedDeclaration extends RelationDeclaration {
  ceiling: number;
  /** Whether it is written to relation_tuples, for SQL and for other services. */
  isExported?: boolean;
}

/** The relations of one owner: a service, or "shared". Rules stand in .dl files of `folder`, one for each way of keeping. */
export interface RelationsDeclaration {
  owner: App | "shared";
  folder: string;
  /** What pages made from them are kept under: purged when somebody asserts, and when what is kept whole changes. */
  purges: readonly CacheTag[];
  materialised: { file: string; relations: Readonly<Record<string, MaterialisedDeclaration>> } | null;
  onDemand: { file: string; relations: Readonly<Record<string, RelationDeclaration>> } | null;
}
