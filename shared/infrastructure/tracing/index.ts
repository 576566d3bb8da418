/** The door of this folder: work that is worth seeing in a trace is done inSpan. */
export { tracing } from "./plugin.ts";
export { currentTraceparent, inSpan, within } from "./span.ts";
export type { Tracer } from "./tracer.ts";
