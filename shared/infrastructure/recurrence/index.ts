/** The door of this folder: when a series takes place (RFC 5545, 3.8.5). Pure, no network. */
export { expand, expandWithCancelled, type Occurrence } from "./expand.ts";
export { startsOf } from "./rule.ts";
export { type Window, windowOf } from "./window.ts";
