import type { FeedItem } from "@rose-ash/shared/contracts/blog.ts";
import type { FeedView } from "./feed.ts";
import { el, type Xml, xmlDocument } from "./xml.ts";

/** Atom, RFC 4287. */
export function atom(feed: FeedView): string {
  const head = [
    el("id", {}, feed.feedUrl),
    el("title", {}, feed.title),
    el("subtitle", {}, feed.description),
    el("updated", {}, feed.updatedAt.toISOString()),
    el("author", {}, el("name", {}, feed.title)), // §4.1.1: entries without an author have this one
    el("link", { rel: "self", type: "application/atom+xml", href: feed.feedUrl }),
    el("link", { rel: "alternate", type: "text/html", href: feed.pageUrl }),
  ];
  const attributes = { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": feed.language };
  return xmlDocument(el("feed", attributes, ...head, ...feed.items.map(entryOf)));
}

function entryOf({ post, html, updatedAt }: FeedItem): Xml {
  return el(
    "entry",
    { "xml:lang": post.language },
    el("id", {}, post.url),
    el("title", {}, post.title),
    el("link", { rel: "alternate", type: "text/html", href: post.url }),
    el("published", {}, post.publishedAt.toISOString()),
    el("updated", {}, updatedAt.toISOString()),
    ...post.authors.map(({ name, url }) => el("author", {}, el("name", {}, name), el("uri", {}, url))),
    ...post.tags.map(({ name, url }) => el("category", { term: url.slice(url.lastIndexOf("/") + 1), label: name })),
    el("summary", {}, post.excerpt),
    html === "" ? null : el("content", { type: "html" }, html),
  );
}
