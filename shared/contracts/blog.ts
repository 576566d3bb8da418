import { z } from "zod";
import type { PageId, PostId } from "../models/ids.ts";
import { link, type Paging, paging, picture } from "./dto.ts";
import type { Searchable, SearchHit } from "./search.ts";
import type { Viewer } from "./viewer.ts";

/** Who wrote something; url is the page of what they wrote. */
const author = z.object({ name: z.string(), handle: z.string(), url: z.string() }).readonly();

/** A text in a language, a BCP 47 tag; name is its title there. */
const translation = link.unwrap().extend({ language: z.string() }).readonly();

/**
 * A post in a list. publishedAt is an instant; the first tag is the one that cards show; language is a BCP 47 tag.
 * audience is the group that may read it, null for everybody. translations: the other languages that it can be read in.
 * commentCount: of what everybody sees.
 */
export const postCard = z
  .object({
    url: z.string(),
    slug: z.string(),
    title: z.string(),
    excerpt: z.string(),
    publishedAt: z.date(),
    authors: z.array(author).readonly(),
    picture: picture.nullable(),
    tags: z.array(link).readonly(),
    readingMinutes: z.number().int().min(1),
    language: z.string(),
    audience: z.string().nullable(),
    translations: z.array(translation).readonly(),
    commentCount: z.number().int(),
  })
  .readonly();
export type PostCard = z.output<typeof postCard>;

/**
 * A list of posts, newest first. Of a text in several languages it has one: that in the site's own language, else the original,
 * else what was translated first.
 */
export const postList = z.object({ posts: z.array(postCard).readonly(), paging }).readonly();
export type PostList = z.output<typeof postList>;

/** Posts that are read one after the other, and which of them this is, from 1. */
const seriesOfPost = z
  .object({ title: z.string(), description: z.string(), parts: z.array(link).readonly(), number: z.number().int() })
  .readonly();

/** What search engines (meta) and what shows a link to it elsewhere (og, twitter) are told of a piece; "" and null: what it has anyway. Pictures are paths. */
const share = z
  .object({
    ...{ metaTitle: z.string(), metaDescription: z.string() },
    ...{ ogTitle: z.string(), ogDescription: z.string(), ogPicture: z.string().nullable() },
    ...{ twitterTitle: z.string(), twitterDescription: z.string(), twitterPicture: z.string().nullable() },
  })
  .readonly();
export type Share = z.output<typeof share>;

/** A post to read. html has passed the sanitiser; it and productSlugs, the cards shown under it, are empty for whoever may not read it. */
export const postPage = z
  .object({
    id: z
      .number()
      .int()
      .transform((id) => id as PostId),
    post: postCard,
    html: z.string(),
    isReadable: z.boolean(),
    productSlugs: z.array(z.string()).readonly(),
    pictureCaption: z.string(),
    updatedAt: z.date(),
    /** Set where the text appeared elsewhere first. */
    canonicalUrl: z.string().nullable(),
    share,
    series: seriesOfPost.nullable(),
    /** In every language it is published in, its own included; empty when there is one alone. */
    translations: z.array(translation).readonly(),
    likeCount: z.number().int(),
    newer: link.nullable(),
    older: link.nullable(),
  })
  .readonly();
export type PostPage = z.output<typeof postPage>;

/** A tag with a page of its posts. */
export const tagPage = z
  .object({ tag: z.object({ name: z.string(), slug: z.string(), description: z.string() }), list: postList })
  .readonly();
export type TagPage = z.output<typeof tagPage>;

/** A tag in the list of all. heading gathers some of them, "" for none. */
export const tagCard = link.unwrap().extend({ description: z.string(), heading: z.string(), postCount: z.number().int() }).readonly();
export type TagCard = z.output<typeof tagCard>;

/** Somebody who writes, with a page of what they wrote. */
export const authorPage = z
  .object({ author: author.unwrap().extend({ bio: z.string(), picture: picture.nullable() }).readonly(), list: postList })
  .readonly();
export type AuthorPage = z.output<typeof authorPage>;

/** A standing page with the way to it and the pages below. html has passed the sanitiser; it is empty for whoever may not read it. */
export const standingPage = z
  .object({
    id: z
      .number()
      .int()
      .transform((id) => id as PageId),
    title: z.string(),
    summary: z.string(),
    html: z.string(),
    audience: z.string().nullable(),
    isReadable: z.boolean(),
    picture: picture.nullable(),
    pictureCaption: z.string(),
    share,
    breadcrumb: z.array(link).readonly(),
    children: z.array(link.unwrap().extend({ summary: z.string() }).readonly()).readonly(),
  })
  .readonly();
export type StandingPage = z.output<typeof standingPage>;

/** A post as feeds carry it. html is empty when it is not for everybody. */
export const feedItem = z.object({ post: postCard, html: z.string(), updatedAt: z.date() }).readonly();
export type FeedItem = z.output<typeof feedItem>;

/** A text that everybody may read, whole. publishedAt null: a standing page. */
export interface PublicText {
  readonly title: string;
  readonly summary: string;
  readonly url: string;
  readonly html: string;
  readonly publishedAt: Date | null;
}

/** Whose posts: all, those of one tag, or those of one author. */
export type FeedSource = { kind: "site" } | { kind: "tag"; slug: string } | { kind: "author"; handle: string };

/** A feed: the newest posts of its source, which is called so. */
export interface Feed {
  readonly title: string;
  readonly description: string;
  readonly items: readonly FeedItem[];
}

/** The parts of the sitemap. */
export const SITEMAP_PARTS = ["posts", "pages", "tags", "authors"] as const;
export type SitemapPart = (typeof SITEMAP_PARTS)[number];

/** How many addresses one file of it holds. */
export const SITEMAP_FILE_ENTRIES = 5000;

/** A public address of this service and when what is there was changed last. */
export interface SitemapEntry {
  readonly url: string;
  readonly updatedAt: Date;
}

/** A month in which something was published. month is YYYY-MM. */
export interface ArchiveMonth {
  readonly month: string;
  readonly postCount: number;
}

/** A page of the posts that were found, and of the newest ones only where the words stand in very many. */
export interface FoundPosts {
  readonly hits: readonly SearchHit[];
  readonly paging: Paging;
  readonly count: number;
  readonly isCut: boolean;
}

/** A standing page in the tree, with the pages below it. */
export interface NavigationNode {
  readonly pageId: PageId;
  readonly name: string;
  readonly url: string;
  readonly children: readonly NavigationNode[];
}

/** An item of a menu; pageId null: it leads to an address. */
export interface MenuLink {
  readonly name: string;
  readonly url: string;
  readonly pageId: PageId | null;
}

/** The menus and the tree of pages, in the editors' order. */
export interface Navigation {
  readonly primary: readonly MenuLink[];
  readonly footer: readonly MenuLink[];
  readonly tree: readonly NavigationNode[];
}

/**
 * What the publication answers. Drafts, what is scheduled and what lies in the bin are nobody's here; internal tags neither.
 * search() finds standing pages: posts have searchPosts, which goes on page after page. The text of what is for a group is
 * not searched, its title and excerpt are.
 */
export interface BlogService extends Searchable {
  /** page counts from 1; throws not-found past the last. */
  listPosts(page: number): Promise<PostList>;
  /** Those that are written about, the most used first. */
  listTags(): Promise<readonly TagCard[]>;
  getPost(slug: string, viewer: Viewer): Promise<PostPage>;
  /** In the order of the ids. */
  listPostsById(ids: readonly PostId[]): Promise<readonly PostCard[]>;
  getTag(slug: string, page: number): Promise<TagPage>;
  /** Throws not-found for somebody who has published nothing. */
  getAuthor(handle: string, page: number): Promise<AuthorPage>;
  /** path as in the tree, without a slash at either end. */
  getPage(path: string, viewer: Viewer): Promise<StandingPage>;
  getNavigation(): Promise<Navigation>;
  /** Where a post, a page or a tag that had this path is now, as a path; null: nothing was ever here. */
  findMoved(path: string): Promise<string | null>;
  /** Newest first. */
  listMonths(): Promise<readonly ArchiveMonth[]>;
  /** month: YYYY-MM by the site's clock. Throws not-found for one in which nothing was published. */
  getMonth(month: string, page: number): Promise<PostList>;
  /** Throws not-found for a tag or author that is none. */
  getFeed(source: FeedSource): Promise<Feed>;
  /** How many files each part has: one holds SITEMAP_FILE_ENTRIES. */
  listSitemapFiles(): Promise<readonly { part: SitemapPart; number: number }[]>;
  getSitemapFile(part: SitemapPart, number: number): Promise<readonly SitemapEntry[]>;
  /** Standing pages by their paths, then posts, newest first, as long as their HTML together has no more bytes than that. */
  listPublicTexts(maxBytes: number): Promise<{ readonly texts: readonly PublicText[]; readonly isWhole: boolean }>;
  searchPosts(words: string, page: number): Promise<FoundPosts>;
}
