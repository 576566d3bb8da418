/** The door of this folder: actors here and elsewhere, and the documents of other hosts. */

export { type ActorKeys, findActorKeys, multibaseOf, pemOf } from "./actor-keys.ts";
export { type DocumentFetcher, isActivityType, makeDocumentFetcher } from "./fetch-document.ts";
export { findActorByName } from "./find-by-name.ts";
export { COLLECTIONS, type CollectionName, type LocalActor, type LocalActors, makeLocalActors } from "./local-actors.ts";
export { type FoundActor, type KnownActor, makeRemoteActors, type RemoteActors } from "./remote-actors.ts";
