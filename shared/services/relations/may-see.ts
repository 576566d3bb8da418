import { CodedError } from "../../contracts/errors.ts";
import type { Value } from "../../contracts/relations.ts";
import { idConstant, type Relation, type RelationStore } from "../../infrastructure/relations/index.ts";
import type { UserId } from "../../models/ids.ts";
import { listActions, scopeOf } from "./rights.ts";

/** What somebody may be shown of the relations of a service. */
export interface Sight {
  /** Every tuple of it. */
  relation(relation: Relation): boolean;
  /** This one: also what is said of themselves. */
  fact(relation: Relation, values: readonly Value[]): boolean;
  /** What they may assert, and take back. */
  mayAssert(relation: Relation): boolean;
}

/** What those may be shown of whom nothing is known. */
export const EVERYBODY: Sight = {
  relation: (relation) => relation.isForEveryone,
  fact: (relation) => relation.isForEveryone,
  mayAssert: () => false,
};

/** Looks up once what the viewer may see here and in the shared relations. */
export async function sightOf(store: RelationStore, viewer: UserId): Promise<Sight> {
  const { service } = store.program;
  const [here, site] = await Promise.all([
    service === "shared" ? [] : listActions(store, viewer, service),
    listActions(store, viewer, "site"),
  ]);
  const actionsAt = (relation: Relation) => (scopeOf(relation) === "site" ? site : here);
  const seesAll = (relation: Relation) => relation.isForEveryone || actionsAt(relation).includes("see-admin");
  return {
    relation: seesAll,
    fact: (relation, values) => seesAll(relation) || values.includes(idConstant("user", viewer)),
    mayAssert: (relation) => relation.assertedBy !== null && actionsAt(relation).includes(relation.assertedBy),
  };
}

/** The relation of this name, as far as the viewer may see it; otherwise there is none. */
export function visibleRelation(store: RelationStore, sight: Sight, name: string): Relation {
  const relation = store.relation(name);
  if (sight.relation(relation)) return relation;
  throw new CodedError("not-found", "There is no relation of this name here.", { relation: name });
}
