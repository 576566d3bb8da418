/** The door of this folder: the one way out. */
export { delivery } from "./plugin.ts";
export { digestOfFollowers } from "./send.ts";
export { startDelivery } from "./worker.ts";
