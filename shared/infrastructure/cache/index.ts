export { type Cache, openCache } from "./open-cache.ts";
