import type { PostPage } from "../../../contracts/blog.ts";
import type { EntryPage } from "../../../contracts/events.ts";
import type { Json } from "../../../contracts/fediverse.ts";
import type { ActivityDetails } from "../../../models/federation.ts";
import { absoluteHtml, escapeHtml } from "./escape.ts";
import { addressesOf } from "./vocabulary.ts";

/** Whose object it is, and where: id may be older than the address, which follows the title. */
export interface Place {
  readonly id: string;
  readonly url: string;
  readonly actor: string;
  readonly followers: string;
  /** Of the app: what paths begin with. */
  readonly origin: string;
}

/** Everybody may see what has a document: what is for some only has none. */
function begin(type: string, { id, url, actor, followers }: Place): Json {
  return { id, type, attributedTo: actor, url, ...addressesOf("public", followers) };
}

/** A post as an Article, with its preview for readers that show notes (FEP-b2b8). */
export function articleOf({ post, html, updatedAt, share }: PostPage, place: Place): Json {
  const { title, excerpt, publishedAt, language, tags, picture } = post;
  const words = share.metaDescription || excerpt;
  const isChanged = updatedAt.getTime() - publishedAt.getTime() > 60_000;
  return {
    ...begin("Article", place),
    ...{ name: title, content: absoluteHtml(html, place.origin), contentMap: { [language]: absoluteHtml(html, place.origin) } },
    ...(words === "" ? {} : { summary: escapeHtml(words), preview: { type: "Note", content: `<p>${escapeHtml(words)}</p>` } }),
    published: publishedAt.toISOString(),
    ...(isChanged ? { updated: updatedAt.toISOString() } : {}),
    ...(picture === null ? {} : { image: imageOf(picture.url, picture.alt, place) }),
    tag: tags.map((tag) => ({ type: "Hashtag", name: `#${hashtagOf(tag.name)}`, href: tag.url })),
  };
}

/** A product, or news of several, as a Note; details hold all of it. at: when it is said. */
export function noteOf(details: ActivityDetails, at: Date, place: Place): Json {
  const [name, text, picture, alt] = ["name", "text", "picture", "pictureAlt"].map((key) => String(details[key] ?? ""));
  const words = text ? `<p>${escapeHtml(text)}</p>` : "";
  return {
    ...begin("Note", place),
    content: `<p><a href="${escapeHtml(place.url)}">${escapeHtml(name ?? "")}</a></p>${words}`,
    published: at.toISOString(),
    ...(picture ? { attachment: [imageOf(picture, alt ?? "", place)] } : {}),
  };
}

/** An entry of the calendar as an Event, as other calendars of the fediverse read it. */
export function eventOf({ entry, html, rule, onlineUrl, tags }: EntryPage, place: Place): Json {
  const { title, summary, startsAt, endsAt, zone, picture, isCancelled } = entry;
  const words = html === "" ? `<p>${escapeHtml(summary || title)}</p>` : absoluteHtml(html, place.origin);
  return {
    ...begin("Event", place),
    ...{ name: title, content: `${rule === "" ? "" : `<p>${escapeHtml(rule)}</p>`}${words}` },
    ...(summary === "" ? {} : { summary: escapeHtml(summary) }),
    ...{ startTime: startsAt.toISOString(), endTime: endsAt.toISOString(), timezone: zone, joinMode: "free" },
    ...(entry.place === "" ? {} : { location: { type: "Place", name: entry.place } }),
    ...(onlineUrl === "" ? {} : { onlineUrl, isOnline: true }),
    tag: tags.map((tag) => ({ type: "Hashtag", name: `#${hashtagOf(tag)}`, href: place.url })),
    "ical:status": isCancelled ? "CANCELLED" : "CONFIRMED",
    ...(picture === null ? {} : { attachment: [imageOf(picture.url, picture.alt, place)] }),
  };
}

/** What is left of an object that was taken back. */
export function tombstoneOf(id: string, formerType: string, at: Date): Json {
  return { id, type: "Tombstone", formerType, deleted: at.toISOString() };
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ...{
    avif: "image/avif",
    gif: "image/gif",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    png: "image/png",
    svg: "image/svg+xml",
    webp: "image/webp",
  },
};

/** origin: of the service that serves it. */
export function imageOf(path: string, alt: string, { origin }: Pick<Place, "origin">): Json {
  const mediaType = MEDIA_TYPES[/\.(\w+)$/.exec(path)?.[1] ?? ""];
  return { type: "Image", url: new URL(path, origin).href, name: alt, ...(mediaType === undefined ? {} : { mediaType }) };
}

/** "Sourdough & rye" is #SourdoughRye */
const hashtagOf = (name: string) =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");
