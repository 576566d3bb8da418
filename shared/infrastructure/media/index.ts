/** The door of this folder: where the bytes of pictures and files lie. */
export { folderStore } from "./folder-store.ts";
export type { MediaStore } from "./store.ts";
export { sweepIncoming, sweepStore } from "./sweep.ts";
