/** The door of this folder: what we say, as documents. */
export { actorDocument, type Face, faceOf, usernameOf } from "./actor-document.ts";
export { escapeHtml } from "./escape.ts";
export { describe, findLive, type PageType } from "./find-object.ts";
export { tombstoneOf } from "./objects.ts";
export { statusAddresses, statusDocument } from "./status.ts";
export { ACTIVITY_CONTEXT, ACTOR_CONTEXT, AS, addressesOf, PUBLIC } from "./vocabulary.ts";
