/** The door of this folder: what commands emit with, what services handle with. */
export { emitActivity, makeEmitActivity } from "./emit-activity.ts";
export { makeFigures } from "./figures.ts";
export type { ActivityHandler } from "./handler.ts";
export { withHints } from "./hints.ts";
export { activities } from "./plugin.ts";
export { startProcessor } from "./processor.ts";
