/** The door of this folder. */
export type { Cache } from "./cache.ts";
export { type Counted, Figures, type How } from "./figures.ts";
export { Flights } from "./flights.ts";
export { type Keepable, Kept, type Place } from "./kept.ts";
export { looksMetric } from "./metrics.ts";
export { openCache } from "./open-cache.ts";
export { purgeEverything } from "./purge-everything.ts";
export { purgeAfterTransactions, purgeOnCommit } from "./purge-on-commit.ts";
