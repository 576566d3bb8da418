/** The door of this folder. */
export { adminOnly } from "./guard.ts";
export { admin } from "./plugin.ts";
