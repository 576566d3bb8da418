/** The door of this folder: where the bytes of pictures and files lie. */
export { copyStore } from "./copy-store.ts";
export { folderStore } from "./folder-store.ts";
export { openBucket, openMediaStore } from "./open-store.ts";
export { type MediaStore, type Part, placeOf } from "./store.ts";
export { sweepIncoming, sweepStore } from "./sweep.ts";
