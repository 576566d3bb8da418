/** The door of this folder: what commands emit with, what services handle with. */
export { emitActivity, makeEmitActivity } from "./emit-activity.ts";
export { startEventProcessor } from "./event-processor.ts";
export { makeFigures } from "./figures.ts";
export type { ActivityHandler } from "./handler.ts";
export { type Transaction, withHints } from "./hints.ts";
export { type AppActivities, activities } from "./plugin.ts";
