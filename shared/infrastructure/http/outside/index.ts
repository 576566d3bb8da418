/** The door of this folder: what asks the open internet for something that a stranger named. */
export { askOutside, type OutsideReply } from "./ask-outside.ts";
export { fetchOutside } from "./fetch-outside.ts";
export { OPEN_INTERNET, type Outside } from "./open-outside.ts";
export { outsideFor } from "./outside-for.ts";
