import type { WrittenElsewhere, WrittenPoll } from "@rose-ash/shared/contracts/fediverse.ts";
import {
  type ApDocument,
  firstOf,
  instantOf,
  isDocument,
  listOf,
  originOf,
  PUBLIC,
  textOf,
  typeOf,
  uriOf,
  urisOf,
} from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { plainText, sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";

const TYPES = new Set(["Note", "Article", "Question", "Event", "Page", "Image", "Video", "Audio", "Document"]);
const MOST = { html: 100_000, name: 500, warning: 1000, mentions: 100, tags: 50, options: 20, option: 200 };

/** What an actor wrote, from its document; null: it is nothing that is written, or not that actor's. now: for what says no time. */
export function readWritten(document: ApDocument, actor: string, now: Date): WrittenElsewhere | null {
  const uri = uriOf(document["id"]);
  const type = typeOf(document);
  if (uri === null || originOf(uri) !== originOf(actor) || !TYPES.has(type) || !areAll(document["attributedTo"], actor)) return null;
  const publishedAt = instantOf(document["published"]) ?? now;
  return {
    ...{ uri, type, actor, document: { ...document }, inReplyTo: uriOf(document["inReplyTo"]), url: urlOf(document, actor) },
    name: plainText(textOf(document["name"])).slice(0, MOST.name),
    html: withoutPictures(sanitiseHtml(textOf(document["content"]).slice(0, MOST.html))),
    warning: plainText(textOf(document["summary"])).slice(0, MOST.warning),
    language: languageOf(document),
    visibility: visibilityOf(document),
    publishedAt: publishedAt > now ? now : publishedAt, // nobody stands above all others for years
    updatedAt: instantOf(document["updated"]),
    ...{
      mentions: mentionsOf(document),
      named: namedIn(document),
      tags: tagsOf(document),
      poll: type === "Question" ? pollOf(document) : null,
    },
  };
}

/** Pages ask no other host for anything: what a text shows from elsewhere would only be a gap. */
const withoutPictures = (html: string) => html.replace(/<img\b[^<>]*>/g, "");

/** Attributed to that actor, and to nobody besides. */
function areAll(value: ApDocument[string] | undefined, actor: string): boolean {
  const all = listOf(value);
  return all.length > 0 && all.every((one) => uriOf(one) === actor);
}

/** A page for people, on the author's own host. */
function urlOf(document: ApDocument, actor: string): string | null {
  const all = listOf(document["url"]).flatMap((one) => uriOf(one) ?? []);
  return all.find((one) => originOf(one) === originOf(actor)) ?? null;
}

function languageOf(document: ApDocument): string | null {
  const map = document["contentMap"];
  const language = isDocument(map) ? (Object.keys(map)[0] ?? "") : "";
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : null;
}

function visibilityOf(document: ApDocument): WrittenElsewhere["visibility"] {
  const isPublic = (value: ApDocument[string] | undefined) =>
    listOf(value).some((one) => one === PUBLIC || one === "as:Public" || one === "Public");
  if (isPublic(document["to"])) return "public";
  if (isPublic(document["cc"])) return "unlisted";
  const toFollowers = [...urisOf(document["to"]), ...urisOf(document["cc"])].some((uri) => uri.endsWith("/followers"));
  return toFollowers ? "followers" : "direct";
}

function mentionsOf(document: ApDocument): string[] {
  return [...new Set([...namedIn(document), ...urisOf(document["to"]), ...urisOf(document["cc"])])].slice(0, MOST.mentions);
}

const tagged = (document: ApDocument, type: string) =>
  listOf(document["tag"])
    .filter(isDocument)
    .filter((tag) => textOf(firstOf(tag["type"])) === type);

const namedIn = (document: ApDocument) =>
  [...new Set(tagged(document, "Mention").flatMap((tag) => uriOf(tag["href"]) ?? []))].slice(0, MOST.mentions);

function tagsOf(document: ApDocument): string[] {
  const names = tagged(document, "Hashtag").map((tag) => textOf(tag["name"]).replace(/^#/, "").toLowerCase());
  return [...new Set(names.filter((name) => /^[\p{L}\p{N}_]{1,100}$/u.test(name)))].slice(0, MOST.tags);
}

/** Its server counts; what it says is taken for that, within reason. */
function pollOf(document: ApDocument): WrittenPoll | null {
  const several = listOf(document["anyOf"]).filter(isDocument);
  const options = (several.length > 0 ? several : listOf(document["oneOf"]).filter(isDocument)).slice(0, MOST.options).map((one) => ({
    name: plainText(textOf(one["name"])).slice(0, MOST.option),
    votes: isDocument(one["replies"]) ? countOf(one["replies"]["totalItems"]) : 0,
  }));
  if (options.length === 0) return null;
  const endsAt = instantOf(document["closed"]) ?? instantOf(document["endTime"]);
  return { isMultiple: several.length > 0, endsAt, voters: countOf(document["votersCount"]), options };
}

const countOf = (value: ApDocument[string] | undefined) =>
  typeof value === "number" && Number.isSafeInteger(value) ? Math.min(Math.max(value, 0), 1_000_000_000) : 0;
