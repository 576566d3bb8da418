/** The door of this folder: files of other calendars, and following them where they are published. */

export { readSeries } from "./imported-series.ts";
export { addFollowing } from "./keep-following.ts";
export { takeIn } from "./take-in.ts";
