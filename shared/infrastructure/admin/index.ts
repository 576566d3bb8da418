/** The door of this folder. */
export { caches } from "./caches/index.ts";
export { adminOf, adminOnly, sectionOnly, wholeSiteOnly } from "./guard.ts";
export { menuOf } from "./menu.ts";
export { admin } from "./plugin.ts";
