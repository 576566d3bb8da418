import type { Assertion, TupleView, Value } from "../../contracts/relations.ts";
import type { Db } from "../../infrastructure/db.ts";
import { type Look, type Relation, readOrigins } from "../../infrastructure/relations/index.ts";
import type { Names } from "./names.ts";
import { namesOf } from "./names.ts";
import { wordsOf } from "./words.ts";

type Tuple = readonly Value[];

/** Tuples with names, words, and what they rest on. look: where rules can be asked for them; null: what rules say is left out. */
export async function tupleViews(db: Db, relation: Relation, tuples: readonly Tuple[], look: Look | null): Promise<TupleView[]> {
  const origins = await readOrigins(db, relation, tuples);
  const names = await namesOf(db, [...tuples.flat(), ...origins.assertions.map(({ assertedBy }) => assertedBy)]);
  return tuples.map((values) => ({
    values: values.map(names),
    words: wordsOf(relation, values, names),
    assertions: origins.assertions.filter((row) => isSame(row.arguments, values)).map((row) => assertionOf(row, names)),
    projections: origins.projections.filter((row) => isSame(row.arguments, values)).map(({ name }) => name),
    derivedBy: look?.derivedBy([relation.name, ...values]) ?? [],
  }));
}

function assertionOf(
  { assertedBy, reason, createdAt, expiresAt }: { assertedBy: string; reason: string; createdAt: Date; expiresAt: Date | null },
  names: Names,
): Assertion {
  return { by: names(assertedBy), assertedBy, reason, createdAt, expiresAt };
}

function isSame(one: Tuple, other: Tuple): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
