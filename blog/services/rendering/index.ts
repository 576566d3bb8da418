/** The door of this folder. */
export { addRendering } from "./add-rendering.ts";
