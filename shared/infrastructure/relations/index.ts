/** The door of this folder: what apps declare, and the store that answers. */
export { idConstant, readId } from "./constants.ts";
export type { RelationDeclaration, RelationsDeclaration } from "./declare.ts";
export { relationsGroup } from "./metrics.ts";
export type { Fact, Relation } from "./program.ts";
export { readAsserted, readOrigins } from "./read-facts.ts";
export { type Look, RelationStore } from "./store.ts";
