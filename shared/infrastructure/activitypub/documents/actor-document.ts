import type { Json } from "../../../contracts/fediverse.ts";
import type { PublicPerson } from "../../../contracts/identity.ts";
import { type ActorKeys, type LocalActor, type LocalActors, multibaseOf, pemOf } from "../actors/index.ts";
import { ACTOR_CONTEXT } from "./vocabulary.ts";

/** How an actor presents itself. url: its page for people; icon: an address. */
export interface Face {
  readonly type: "Service" | "Person" | "Application";
  readonly name: string;
  readonly summary: string;
  readonly url: string;
  readonly icon: string | null;
  readonly since: Date | null;
}

/** Whether strangers may suggest a member is the member's to say: they are found by those who know their name. */
export function actorDocument(actors: LocalActors, actor: LocalActor, face: Face, keys: ActorKeys): Json {
  const { type, name, summary, url, icon, since } = face;
  const isPerson = type === "Person";
  return {
    "@context": ACTOR_CONTEXT,
    ...{ id: actor.uri, type, name, summary, url, preferredUsername: usernameOf(actor) },
    ...{ inbox: actors.inboxOf(actor), outbox: actors.collectionOf(actor, "outbox") },
    ...(actor.kind === "instance"
      ? {}
      : Object.fromEntries(
          (["followers", "following", "liked", "featured"] as const).map((one) => [one, actors.collectionOf(actor, one)]),
        )),
    endpoints: { sharedInbox: actors.sharedInboxOf(actor.app) },
    publicKey: { id: keys.rsa.id, owner: actor.uri, publicKeyPem: pemOf(keys.rsa) },
    assertionMethod: [{ id: keys.ed25519.id, type: "Multikey", controller: actor.uri, publicKeyMultibase: multibaseOf(keys.ed25519) }],
    manuallyApprovesFollowers: actor.kind === "instance",
    ...{ discoverable: !isPerson && actor.kind !== "instance", indexable: !isPerson && actor.kind !== "instance" },
    ...(since === null ? {} : { published: since.toISOString() }),
    ...(icon === null ? {} : { icon: { type: "Image", url: icon } }),
  };
}

/** By custom the instance is called as its host. */
export const usernameOf = ({ kind, name, uri }: LocalActor): string => (kind === "instance" ? new URL(uri).hostname : name);

/** What a member shows of themselves. */
export function faceOf(person: PublicPerson, at: (path: string) => string, escaped: (text: string) => string): Face {
  return {
    ...{ type: "Person", name: person.name, summary: person.bio === "" ? "" : `<p>${escaped(person.bio)}</p>` },
    ...{ url: person.url ?? at("/"), icon: person.pictureUrl === null ? null : at(person.pictureUrl), since: person.since },
  };
}
