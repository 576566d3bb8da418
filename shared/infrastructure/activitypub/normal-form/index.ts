/** The door of this folder: documents of ActivityStreams as they come, in one form. */
export {
  type ApDocument,
  firstOf,
  hostOf,
  instantOf,
  isDocument,
  listOf,
  originOf,
  readUri,
  textOf,
  typeOf,
  uriOf,
  urisOf,
} from "./document.ts";
export { normalise } from "./normalise.ts";
