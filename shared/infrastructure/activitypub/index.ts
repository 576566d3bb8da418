/** The door of this folder: ActivityPub as a plugin of every service. */
export { type FoundActor, findActorByName, type LocalActor } from "./actors/index.ts";
export { delivery, digestOfFollowers, startDelivery } from "./delivery/index.ts";
export {
  ACTIVITY_CONTEXT,
  addressesOf,
  describe,
  escapeHtml,
  PUBLIC,
  statusAddresses,
  statusDocument,
  tombstoneOf,
} from "./documents/index.ts";
export {
  type ApDocument,
  firstOf,
  instantOf,
  isDocument,
  listOf,
  originOf,
  textOf,
  typeOf,
  uriOf,
  urisOf,
} from "./normal-form/index.ts";
export type { Fediverse } from "./parts.ts";
export { activitypub } from "./plugin.ts";
export { actorDocumentOf } from "./routes/actors.ts";
export { withProof } from "./signatures/index.ts";
