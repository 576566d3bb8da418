/** The door of this folder: the one way in. */
export { type Arrival, findReader, type GateParts, passGate, readHead } from "./gate.ts";
export { makeInboxStore } from "./inbox-store.ts";
