import type { Failure } from "@rose-ash/datalog";
import { CodedError } from "../../contracts/errors.ts";
import type { FactPage, FactRef, FailedRule } from "../../contracts/relations.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { Fact, RelationStore } from "../../infrastructure/relations/index.ts";
import type { UserId } from "../../models/ids.ts";
import type { Parts } from "./get-relation-page.ts";
import { relationView } from "./list-relations.ts";
import { literalReader } from "./literal-words.ts";
import { sightOf, visibleRelation } from "./may-see.ts";
import { namesOf } from "./names.ts";
import { proofView } from "./proof-view.ts";
import { tupleViews } from "./tuple-views.ts";

/** Why a tuple holds: a proof; or why not: what each rule lacks, as far as the viewer may see all its relations. */
export async function getFactPage({ db, store }: Parts, viewer: UserId, { relation: name, values }: FactRef): Promise<FactPage> {
  const sight = await sightOf(store, viewer);
  const relation = visibleRelation(store, sight, name);
  if (values.length !== relation.columns.length)
    throw new CodedError("not-found", "No tuple of this relation looks so.", { relation: name });
  const fact: Fact = [relation.name, ...values];
  const look = await store.look({ relation: relation.name, values });
  const [tuple] = await tupleViews(db, relation, [values], look);
  if (tuple === undefined) throw new RangeError("one tuple has one view");
  const proof = await proofView(db, { store, look, sight }, fact);
  const isSeen = (text: string) =>
    [...text.matchAll(/([a-z][\w.]*)'?\(/g)].every(([, mentioned = ""]) => {
      const known = store.program.relations.get(mentioned);
      return known === undefined || sight.relation(known);
    });
  const failed = proof ? [] : look.whyNot(fact).filter(({ rule, holds, missing }) => [rule, ...holds, missing].every(isSeen));
  return { relation: relationView(store, sight, relation), tuple, proof, failed: await inWords(db, store, failed) };
}

async function inWords(db: Db, store: RelationStore, failed: readonly Failure[]): Promise<FailedRule[]> {
  const read = literalReader(store);
  const literals = failed.map(({ rule, holds, missing }) => ({ rule, holds: holds.map(read), missing: read(missing) }));
  const names = await namesOf(
    db,
    literals.flatMap(({ holds, missing }) => [...holds, missing].flatMap(({ constants }) => constants)),
  );
  return literals.map(({ rule, holds, missing }) => ({
    rule,
    holds: holds.map(({ words }) => words(names)),
    missing: missing.words(names),
  }));
}
