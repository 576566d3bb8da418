/** The door of this folder: what cart asks of SumUp. */
export { makeSumUpClient, type NewCheckout, type SumUpClient } from "./client.ts";
export { SumUpError } from "./sumup-error.ts";
export type { Checkout, HistoryItem } from "./wire.ts";
