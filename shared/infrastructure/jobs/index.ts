/** The door of this folder: scheduled work. */
export { installJobs } from "./install.ts";
export { jobs } from "./plugin.ts";
export { TIMETABLE, TIMETABLE_KEEPER } from "./timetable.ts";
