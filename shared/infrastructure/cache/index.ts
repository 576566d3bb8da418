export type { Cache } from "./cache.ts";
export { openCache } from "./open-cache.ts";
