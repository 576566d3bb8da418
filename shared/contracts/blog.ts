import { z } from "zod";
import type { PageId } from "../models/ids.ts";
import { link, paging, picture } from "./dto.ts";

const author = z.object({ name: z.string(), handle: z.string() }).readonly();

/** A post in a list. publishedAt is an instant; the first tag is the one that cards show. */
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
  })
  .readonly();
export type PostCard = z.output<typeof postCard>;

/** A list of posts, newest first. */
export const postList = z.object({ posts: z.array(postCard).readonly(), paging }).readonly();
export type PostList = z.output<typeof postList>;

/** A post to read. html has passed the sanitiser; productSlugs are the cards shown under it. */
export const postPage = z
  .object({
    post: postCard,
    html: z.string(),
    productSlugs: z.array(z.string()).readonly(),
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

/** A standing page with the way to it and the pages below. html has passed the sanitiser. */
export const standingPage = z
  .object({
    title: z.string(),
    summary: z.string(),
    html: z.string(),
    breadcrumb: z.array(link).readonly(),
    children: z.array(link.unwrap().extend({ summary: z.string() }).readonly()).readonly(),
  })
  .readonly();
export type StandingPage = z.output<typeof standingPage>;

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

/** What the publication answers. Drafts are nobody's here. */
export interface BlogService {
  /** page counts from 1; throws not-found past the last. */
  listPosts(page: number): Promise<PostList>;
  listTags(): Promise<readonly { name: string; url: string; postCount: number }[]>;
  getPost(slug: string): Promise<PostPage>;
  getTag(slug: string, page: number): Promise<TagPage>;
  /** path as in the tree, without a slash at either end. */
  getPage(path: string): Promise<StandingPage>;
  getNavigation(): Promise<Navigation>;
}
