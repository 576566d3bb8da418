import type { Json } from "../../../contracts/fediverse.ts";
import type { PublicPerson } from "../../../contracts/identity.ts";
import { type ActorKeys, type LocalActor, type LocalActors, multibaseOf, pemOf } from "../actors/index.ts";
import { escapeHtml } from "./escape.ts";
import { ACTOR_CONTEXT } from "./vocabulary.ts";

/**
 * How an actor presents itself. url: its page for people; icon: an address. fields: lines of a name and HTML. isLocked: who follows waits
 * for an answer. isShown: it may be suggested and found by strangers.
 */
export interface Face {
  readonly type: "Service" | "Person" | "Application";
  readonly name: string;
  readonly summary: string;
  readonly url: string;
  readonly icon: string | null;
  readonly since: Date | null;
  readonly isLocked: boolean;
  readonly isShown: boolean;
  readonly fields: readonly { readonly name: string; readonly html: string }[];
  readonly alsoKnownAs: readonly string[];
  readonly movedTo: string | null;
}

export function actorDocument(actors: LocalActors, actor: LocalActor, face: Face, keys: ActorKeys): Json {
  const { type, name, summary, url, icon, since, isLocked, isShown, fields, alsoKnownAs, movedTo } = face;
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
    ...{ manuallyApprovesFollowers: isLocked, discoverable: isShown, indexable: isShown },
    ...(fields.length === 0 ? {} : { attachment: fields.map((field) => ({ type: "PropertyValue", name: field.name, value: field.html })) }),
    ...(alsoKnownAs.length === 0 ? {} : { alsoKnownAs }),
    ...(movedTo === null ? {} : { movedTo }),
    ...(since === null ? {} : { published: since.toISOString() }),
    ...(icon === null ? {} : { icon: { type: "Image", url: icon } }),
  };
}

/** By custom the instance is called as its host. */
export const usernameOf = ({ kind, name, uri }: LocalActor): string => (kind === "instance" ? new URL(uri).hostname : name);

/**
 * What a member shows of themselves. fields: as they typed them; an address becomes a link by which its page can lead back. Whether
 * strangers may suggest a member, and find their posts by words (FEP-5feb), is the member's to say: who says nothing is found by those who
 * know their name.
 */
export function faceOf(person: PublicPerson, fields: readonly { name: string; value: string }[], at: (path: string) => string): Face {
  const { name, bio, url, pictureUrl, since, isLocked, isFindable, alsoKnownAs, movedTo } = person;
  return {
    ...{ type: "Person", name, url, since, isLocked, alsoKnownAs, movedTo, isShown: isFindable },
    summary: bio === "" ? "" : `<p>${escapeHtml(bio).replace(/\r?\n/g, "<br>")}</p>`,
    icon: pictureUrl === null ? null : at(pictureUrl),
    fields: fields.map((field) => ({ name: field.name, html: htmlOf(field.value) })),
  };
}

function htmlOf(value: string): string {
  const href = URL.canParse(value) && /^https?:\/\//i.test(value) ? escapeHtml(new URL(value).href) : null;
  return href === null ? escapeHtml(value) : `<a href="${href}" rel="me nofollow noopener noreferrer">${href}</a>`;
}
