import type { RelationPage, Value } from "../../contracts/relations.ts";
import type { Db } from "../../infrastructure/db.ts";
import { type RelationStore, readAsserted } from "../../infrastructure/relations/index.ts";
import type { UserId } from "../../models/ids.ts";
import { relationView } from "./list-relations.ts";
import { sightOf, visibleRelation } from "./may-see.ts";
import { tupleViews } from "./tuple-views.ts";

const PER_PAGE = 40;

/** What every reader of this folder is built from. */
export interface Parts {
  db: Db;
  store: RelationStore;
}

/** A page of a relation's tuples: all that have the values, or, when none is given for one on demand, what people assert. */
export async function getRelationPage(
  { db, store }: Parts,
  viewer: UserId,
  asked: { name: string; values: readonly (Value | null)[]; page: number },
): Promise<RelationPage> {
  const sight = await sightOf(store, viewer);
  const relation = visibleRelation(store, sight, asked.name);
  const values = relation.columns.map((_, column) => asked.values[column] ?? null);
  const offset = (asked.page - 1) * PER_PAGE;
  const isWhole = relation.ceiling !== null || values.some((value) => value !== null);
  if (!isWhole) {
    const { tuples, count } = await readAsserted(db, relation, values, { limit: PER_PAGE, offset });
    const views = await tupleViews(db, relation, tuples, null);
    return { relation: relationView(store, sight, relation), tuples: views, isWhole, page: asked.page, pageCount: pagesOf(count) };
  }
  const look = await store.look({ relation: relation.name, values });
  const views = await tupleViews(db, relation, look.tuples.slice(offset, offset + PER_PAGE), look);
  return {
    relation: relationView(store, sight, relation),
    tuples: views,
    isWhole,
    page: asked.page,
    pageCount: pagesOf(look.tuples.length),
  };
}

function pagesOf(count: number): number {
  return Math.max(1, Math.ceil(count / PER_PAGE));
}
