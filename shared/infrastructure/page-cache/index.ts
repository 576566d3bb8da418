/** The door of this folder. */
export { pageCache } from "./plugin.ts";
export { isRefresh } from "./refresh.ts";
