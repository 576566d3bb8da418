import type { FeedItem } from "@rose-ash/shared/contracts/blog.ts";
import type { FeedView } from "./feed.ts";

/** JSON Feed 1.1. */
export function jsonFeed(feed: FeedView): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.description,
    language: feed.language,
    home_page_url: feed.pageUrl,
    feed_url: feed.feedUrl,
    items: feed.items.map((item) => itemOf(item, feed.origin)),
  });
}

/** An item has a text of one kind or the other: what is not for everybody has its excerpt. */
function itemOf({ post, html, updatedAt }: FeedItem, origin: string): object {
  return {
    id: post.url,
    url: post.url,
    title: post.title,
    summary: post.excerpt,
    ...(html === "" ? { content_text: post.excerpt } : { content_html: html }),
    ...(post.picture === null ? {} : { image: origin + post.picture.url }),
    date_published: post.publishedAt.toISOString(),
    date_modified: updatedAt.toISOString(),
    language: post.language,
    authors: post.authors.map(({ name, url }) => ({ name, url })),
    tags: post.tags.map(({ name }) => name),
  };
}
