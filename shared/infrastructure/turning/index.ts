/** The door of this folder: work that one process at a time does, when it is asked for. */
export { keepTurning, type Turn, type Turning } from "./keep-turning.ts";
