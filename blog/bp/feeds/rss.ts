import type { FeedItem } from "@rose-ash/shared/contracts/blog.ts";
import type { FeedView } from "./feed.ts";
import { el, type Xml, xmlDocument } from "./xml.ts";

const NAMESPACES = {
  "xmlns:atom": "http://www.w3.org/2005/Atom",
  "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
  "xmlns:dc": "http://purl.org/dc/elements/1.1/",
};

/** RSS 2.0 with whole texts: content:encoded. */
export function rss(feed: FeedView): string {
  const channel = el(
    "channel",
    {},
    el("title", {}, feed.title),
    el("link", {}, feed.pageUrl),
    el("description", {}, feed.description),
    el("language", {}, feed.language),
    el("lastBuildDate", {}, feed.updatedAt.toUTCString()),
    el("atom:link", { href: feed.feedUrl, rel: "self", type: "application/rss+xml" }),
    ...feed.items.map(itemOf),
  );
  return xmlDocument(el("rss", { version: "2.0", ...NAMESPACES }, channel));
}

function itemOf({ post, html }: FeedItem): Xml {
  return el(
    "item",
    {},
    el("title", {}, post.title),
    el("link", {}, post.url),
    el("guid", { isPermaLink: "true" }, post.url),
    el("pubDate", {}, post.publishedAt.toUTCString()),
    ...post.authors.map(({ name }) => el("dc:creator", {}, name)),
    ...post.tags.map(({ name }) => el("category", {}, name)),
    el("description", {}, post.excerpt),
    html === "" ? null : el("content:encoded", {}, html),
  );
}
