import type { RelationsHealth } from "../../contracts/relations.ts";
import type { RelationStore } from "../../infrastructure/relations/index.ts";

/** How this process keeps up. */
export function getHealth(store: RelationStore): RelationsHealth {
  const { isLoaded, caughtUpAt, trouble, isExporter, relations } = store.state;
  return {
    ...{ isLoaded, trouble, isExporter },
    lagMs: caughtUpAt === null ? null : Math.max(0, Date.now() - caughtUpAt.getTime()),
    overCeiling: relations.filter((one) => one.isOverCeiling).map(({ relation }) => relation.fullName),
    tuples: relations.reduce((sum, { tuples }) => sum + tuples, 0),
  };
}
