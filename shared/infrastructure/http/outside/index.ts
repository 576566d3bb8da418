/** The door of this folder: what asks the open internet for something that a stranger named. */
export { fetchOutside, type Outside } from "./fetch-outside.ts";
