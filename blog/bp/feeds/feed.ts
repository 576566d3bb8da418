import type { Feed, FeedItem, FeedSource } from "@rose-ash/shared/contracts/blog.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";

/** A feed with its addresses: what the three formats are made from. origin is the blog's, without a slash. */
export interface FeedView {
  title: string;
  description: string;
  language: string;
  origin: string;
  /** The page that it is a feed of. */
  pageUrl: string;
  /** The feed's own address. */
  feedUrl: string;
  /** When something in it changed last; of an empty one the beginning of time. */
  updatedAt: Date;
  items: readonly FeedItem[];
}

const PATHS = { site: "", tag: "/tags/", author: "/authors/" } as const;

/** The feed as it stands at `file` ("feed.xml") below its source's path. */
export function viewOf(
  feed: Feed,
  source: FeedSource,
  { site, publicUrl, file }: { site: SiteWords; publicUrl: PublicUrl; file: string },
): FeedView {
  const path = pathOf(source);
  return {
    title: feed.title === "" ? site.name : `${feed.title} · ${site.name}`,
    description: feed.description || site.tagline,
    language: site.locale,
    origin: publicUrl("blog", ""),
    pageUrl: publicUrl("blog", path === "" ? "/" : path),
    feedUrl: publicUrl("blog", `${path}/${file}`),
    updatedAt: new Date(Math.max(0, ...feed.items.map(({ updatedAt }) => Number(updatedAt)))),
    items: feed.items.map((item) => ({ ...item, html: withWholeAddresses(item.html, publicUrl("blog", ""), item.post.url) })),
  };
}

interface SiteWords {
  name: string;
  tagline: string;
  locale: string;
}

/** The path of what a feed is about: "", "/tags/bread", "/authors/ada". */
function pathOf(source: FeedSource): string {
  if (source.kind === "site") return PATHS.site;
  return PATHS[source.kind] + (source.kind === "tag" ? source.slug : source.handle);
}

/** A feed is read elsewhere: paths of ours and places in the text become whole addresses. */
function withWholeAddresses(html: string, origin: string, postUrl: string): string {
  return html
    .replace(
      /\b(href|src|poster)="(\/(?!\/)|#)/g,
      (_all, name: string, start: string) => `${name}="${start === "#" ? `${postUrl}#` : `${origin}/`}`,
    )
    .replace(/\bsrcset="([^"]*)"/g, (_all, list: string) => `srcset="${list.replace(/(^|,\s*)\/(?!\/)/g, `$1${origin}/`)}"`);
}
