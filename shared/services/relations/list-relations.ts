import type { RelationView } from "../../contracts/relations.ts";
import type { Relation, RelationStore } from "../../infrastructure/relations/index.ts";
import type { UserId } from "../../models/ids.ts";
import { type Sight, sightOf } from "./may-see.ts";

/** The relations of this service and the shared ones that the viewer may see; the service's own first, then by name. */
export async function listRelations(store: RelationStore, viewer: UserId): Promise<RelationView[]> {
  const sight = await sightOf(store, viewer);
  const seen = [...store.program.relations.values()].filter((relation) => !relation.isImported && sight.relation(relation));
  const isShared = ({ owner }: Relation) => owner === "shared";
  seen.sort((a, b) => Number(isShared(a)) - Number(isShared(b)) || a.name.localeCompare(b.name));
  return seen.map((relation) => relationView(store, sight, relation));
}

/** A relation as pages show it. */
export function relationView(store: RelationStore, sight: Sight, relation: Relation): RelationView {
  const { name, fullName, says, columns, ceiling, isExported, isRight } = relation;
  const { isLoaded, relations } = store.state;
  const kept = relations.find((one) => one.relation.name === name);
  return {
    ...{ name, fullName, columns, ceiling, isExported, isRight },
    words: says.replace(/[{}]/g, ""),
    tuples: isLoaded ? (kept?.tuples ?? null) : null,
    isOverCeiling: kept?.isOverCeiling ?? false,
    mayAssert: sight.mayAssert(relation),
  };
}
