import type { FactRef, ProofView, Value } from "../../contracts/relations.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { RelationStore } from "../../infrastructure/relations/index.ts";
import type { UserId } from "../../models/ids.ts";
import { EVERYBODY, sightOf } from "./may-see.ts";
import { proofView } from "./proof-view.ts";

/** Why a fact holds, cut to what the viewer may see and to the relations that the caller lets them see; null: it does not hold. */
export async function explain(
  { db, store }: { db: Db; store: RelationStore },
  viewer: UserId | null,
  fact: FactRef,
  alsoSees: readonly string[],
): Promise<ProofView | null> {
  const own = viewer === null ? EVERYBODY : await sightOf(store, viewer);
  const isLetSee = ({ fullName }: { fullName: string }) => alsoSees.includes(fullName);
  const sight = { ...own, fact: (...asked: Parameters<typeof own.fact>) => isLetSee(asked[0]) || own.fact(...asked) };
  const { name } = store.relation(fact.relation);
  const look = await store.look({ relation: name, values: fact.values });
  return proofView(db, { store, look, sight }, [name, ...fact.values]);
}

/** All tuples that have these values, each with its proof, cut to what everybody may see. */
export async function listProofs(
  { db, store }: { db: Db; store: RelationStore },
  relation: string,
  values: readonly (Value | null)[],
): Promise<readonly { values: readonly Value[]; proof: ProofView }[]> {
  const { name } = store.relation(relation);
  const look = await store.look({ relation: name, values: [...values] });
  const proofs = look.tuples.map((tuple) => proofView(db, { store, look, sight: EVERYBODY }, [name, ...tuple]));
  return (await Promise.all(proofs)).flatMap((proof, at) => (proof ? [{ values: look.tuples[at] ?? [], proof }] : []));
}
