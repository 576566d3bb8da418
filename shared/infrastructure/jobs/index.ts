/** The door of this folder: scheduled work. */
export { applyChanges } from "./apply-changes.ts";
export { installJobs } from "./install.ts";
export { jobs } from "./plugin.ts";
export { TIMETABLE, TIMETABLE_KEEPER } from "./timetable.ts";
