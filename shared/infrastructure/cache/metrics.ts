import { counter, type Metric } from "../metrics/index.ts";
import type { Kept } from "./kept.ts";

/** Where what was looked for lay. name: of the metric, one for each cache. */
export function looksMetric<V extends {}>(name: string, kept: Pick<Kept<V>, "looks">): Metric {
  const { near, far, none } = kept.looks();
  return counter(name, "Looks into a cache by where the thing lay: near in this process, far in Redis.", [
    [{ level: "near" }, near],
    [{ level: "far" }, far],
    [{ level: "none" }, none],
  ]);
}
