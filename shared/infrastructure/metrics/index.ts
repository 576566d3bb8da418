/** The door of this folder: whoever has figures makes a group of them and adds it to app.metricGroups. */
export type { Metric } from "./exposition.ts";
export { counter, gauge, type MetricGroup } from "./group.ts";
export { Histogram } from "./histogram.ts";
export { metrics } from "./plugin.ts";
