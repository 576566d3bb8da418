import { gauge, type Metric, type MetricGroup } from "../metrics/index.ts";
import type { RelationStore } from "./store.ts";

/** What this process keeps whole, and how it keeps up; a process that was never asked keeps nothing. */
export function relationsGroup(store: Pick<RelationStore, "state">): MetricGroup {
  return { name: "relations", read: () => metricsOf(store.state) };
}

function metricsOf({ isLoaded, caughtUpAt, trouble, relations, facts, maintained, isExporter }: RelationStore["state"]): Metric[] {
  const secondsSince = (at: Date) => Math.max(0, (Date.now() - at.getTime()) / 1000);
  const doesExport = relations.some(({ relation }) => relation.isExported);
  const perRelation = (read: (one: (typeof relations)[number]) => number) =>
    relations.map((one) => [{ relation: one.relation.fullName }, read(one)] as const);
  return [
    gauge("relations_loaded", "Whether this process keeps relations whole.", [[{}, isLoaded ? 1 : 0]]),
    gauge("relations_facts", "Facts that are stated, before rules derive from them.", [[{}, facts]]),
    gauge("relations_tuples", "Tuples of each relation that is kept whole.", isLoaded ? perRelation(({ tuples }) => tuples) : []),
    gauge(
      "relations_ceiling_tuples",
      "How many tuples a relation is meant to have at most.",
      perRelation(({ relation }) => relation.ceiling ?? 0),
    ),
    gauge(
      "relations_over_ceiling",
      "Whether a relation has more.",
      perRelation(({ isOverCeiling }) => (isOverCeiling ? 1 : 0)),
    ),
    gauge(
      "relations_lag_seconds",
      "Since it last knew that it had seen every change.",
      caughtUpAt === null ? [] : [[{}, secondsSince(caughtUpAt)]],
    ),
    gauge("relations_trouble", "Whether it can't catch up.", [[{}, trouble === null ? 0 : 1]]),
    gauge(
      "relations_exporter",
      "Whether this process writes what others read; missing where nothing is.",
      doesExport ? [[{}, isExporter ? 1 : 0]] : [],
    ),
    gauge(
      "relations_last_maintenance_seconds",
      "How long it took to work in the last change.",
      maintained === null ? [] : [[{}, maintained.tookMs / 1000]],
    ),
    gauge(
      "relations_last_maintenance_timestamp_seconds",
      "When that was.",
      maintained === null ? [] : [[{}, maintained.at.getTime() / 1000]],
    ),
  ];
}
