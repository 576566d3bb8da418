/**
 * The door of this folder: what commands emit with, what services handle with. A new handler is a line in subscriptions.ts
 * and a file in <app>/handlers/, which the app gives to app.activities.handleWith.
 */
export { backoffMs } from "./backoff.ts";
export { emitActivities, emitActivity, makeEmitActivity } from "./emit-activity.ts";
export { startEventProcessor } from "./event-processor.ts";
export { makeFigures } from "./figures.ts";
export { forgetPerson } from "./forget-person.ts";
export type { ActivityHandler } from "./handler.ts";
export { type Transaction, withHints } from "./hints.ts";
export { type AppActivities, activities } from "./plugin.ts";
export { SUBSCRIPTIONS } from "./subscriptions.ts";
