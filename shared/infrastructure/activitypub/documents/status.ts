import type { Json } from "../../../contracts/fediverse.ts";
import type { OwnStatus } from "../../../contracts/statuses.ts";
import type { PublicUrl } from "../../service-deps.ts";
import type { LocalActors } from "../actors/index.ts";
import { escapeHtml } from "./escape.ts";
import { imageOf } from "./objects.ts";
import { addressesOf } from "./vocabulary.ts";

interface StatusParts {
  readonly actors: LocalActors;
  readonly publicUrl: PublicUrl;
}

/** A member's post as a Note, or as a Question with its answers counted so far. */
export function statusDocument(status: OwnStatus, { actors, publicUrl }: StatusParts): Json {
  const { uri, type, html, warning, language, inReplyTo, publishedAt, editedAt, pictures } = status;
  const actor = actors.ofMember(status.handle);
  const origin = publicUrl("federation", "");
  return {
    ...{ id: uri, type, attributedTo: actor.uri, url: uri, ...statusAddresses(status, actors) },
    ...{ content: html, ...(language === null ? {} : { contentMap: { [language]: html } }) },
    ...(warning === "" ? { sensitive: false } : { summary: escapeHtml(warning), sensitive: true }),
    ...(inReplyTo === null ? {} : { inReplyTo }),
    ...{ published: publishedAt.toISOString(), ...(editedAt === null ? {} : { updated: editedAt.toISOString() }) },
    tag: [
      ...status.mentions.map((one) => ({ type: "Mention", href: one.uri, name: mentionName(one, origin) })),
      ...status.tags.map((tag) => ({ type: "Hashtag", name: `#${tag}`, href: `${origin}/tags/${encodeURIComponent(tag)}` })),
    ],
    ...(pictures.length === 0 ? {} : { attachment: pictures.map(({ url, alt }) => imageOf(url, alt, { origin })) }),
    ...(status.poll === null ? {} : pollOf(status.poll)),
  };
}

/** Whom a member's post is addressed to, by their addresses. */
export function statusAddresses({ visibility, handle, mentions }: OwnStatus, actors: LocalActors): { to: string[]; cc: string[] } {
  const followers = actors.collectionOf(actors.ofMember(handle), "followers");
  return addressesOf(
    visibility,
    followers,
    mentions.map(({ uri }) => uri),
  );
}

/** By custom with the host, for readers elsewhere. */
const mentionName = ({ handle }: { handle: string }, origin: string) =>
  `@${handle}${handle.includes("@") ? "" : `@${new URL(origin).host}`}`;

function pollOf({ isMultiple, endsAt, voters, options }: NonNullable<OwnStatus["poll"]>): Json {
  const choices = options.map(({ name, votes }) => ({ type: "Note", name, replies: { type: "Collection", totalItems: votes } }));
  return {
    [isMultiple ? "anyOf" : "oneOf"]: choices,
    votersCount: voters,
    ...(endsAt === null ? {} : { endTime: endsAt.toISOString() }),
  };
}
