import { and, asc, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "../../infrastructure/db.ts";
import { menuItems, pages, postProducts, posts, postTags, tags } from "../../models/blog.ts";
import { products } from "../../models/market.ts";
import { selectPosts } from "./post-cards.ts";

/** Posts on one page of a list. */
export const POSTS_PER_PAGE = 9;

const slug = sql.placeholder("slug");
const isPublished = sql`${posts.status} = 'published'`; // a literal: a parameter would hide the partial index posts_newest
const newestFirst = [desc(posts.publishedAt), desc(posts.id)];

/** The publication's reads, each prepared once per process. Every one of posts is of published ones alone. */
export function prepareQueries(db: Db) {
  return {
    posts: preparePosts(db),
    tag: db
      .select({ slug: tags.slug, name: tags.name, description: tags.description })
      .from(tags)
      .where(eq(tags.slug, slug))
      .prepare("blog_tag"),
    postsOfTag: preparePostsOfTag(db),
    tags: prepareTags(db),
    post: preparePost(db),
    page: preparePage(db),
    pageTree: db
      .select({ id: pages.id, parentId: pages.parentId, path: pages.path, title: pages.title })
      .from(pages)
      .orderBy(asc(pages.position), asc(pages.id))
      .prepare("blog_page_tree"),
    menuItems: db
      .select({ menu: menuItems.menu, label: menuItems.label, url: menuItems.url, path: pages.path, pageId: menuItems.pageId })
      .from(menuItems)
      .leftJoin(pages, eq(pages.id, menuItems.pageId))
      .orderBy(asc(menuItems.menu), asc(menuItems.position), asc(menuItems.id))
      .prepare("blog_menu_items"),
  };
}

function preparePosts(db: Db) {
  const all = db.select({ n: count() }).from(posts).where(isPublished);
  return onePage(db, sql`(${all})::int`, isPublished).prepare("blog_posts");
}

function preparePostsOfTag(db: Db) {
  const tagged = db.select({ id: postTags.postId }).from(postTags).innerJoin(tags, eq(tags.id, postTags.tagId)).where(eq(tags.slug, slug));
  const which = sql`${isPublished} and ${inArray(posts.id, tagged)}`;
  const all = db.select({ n: count() }).from(posts).where(which);
  return onePage(db, sql`(${all})::int`, which).prepare("blog_posts_of_tag");
}

/** Cards of one page of a list. The page's ids are found first, so that what is skipped is not gathered. */
function onePage(db: Db, total: SQL<number>, which: SQL) {
  const ids = db
    .select({ id: posts.id })
    .from(posts)
    .where(which)
    .orderBy(...newestFirst)
    .limit(POSTS_PER_PAGE)
    .offset(sql.placeholder("offset"));
  return selectPosts(db, { total })
    .where(inArray(posts.id, ids))
    .orderBy(...newestFirst);
}

function prepareTags(db: Db) {
  return db
    .select({ name: tags.name, slug: tags.slug, postCount: count() })
    .from(tags)
    .innerJoin(postTags, eq(postTags.tagId, tags.id))
    .innerJoin(posts, and(eq(posts.id, postTags.postId), isPublished))
    .groupBy(tags.id)
    .orderBy(desc(count()), asc(tags.name), asc(tags.id))
    .prepare("blog_tags");
}

function preparePost(db: Db) {
  const productSlugs = sql<string[]>`array(
    select ${products.slug} from ${postProducts} join ${products} on ${products.id} = ${postProducts.productId}
    where ${postProducts.postId} = ${posts.id} order by ${postProducts.position}, ${products.id})`;
  return selectPosts(db, { html: posts.html, productSlugs, newer: neighbour(sql`>`, sql`asc`), older: neighbour(sql`<`, sql`desc`) })
    .where(and(isPublished, eq(posts.slug, slug)))
    .prepare("blog_post");
}

/** The next published post on one side of the outer one, in the order of the list. */
function neighbour(side: SQL, order: SQL): SQL<{ name: string; slug: string } | null> {
  return sql`(
    select json_build_object('name', n.title, 'slug', n.slug) from ${posts} n
    where n.status = 'published' and (n.published_at, n.id) ${side} (${posts.publishedAt}, ${posts.id})
    order by n.published_at ${order}, n.id ${order} limit 1)`;
}

/** A page; ancestors are those whose path begins its own. `paths` holds every beginning, its own included. */
function preparePage(db: Db) {
  const breadcrumb = sql<{ title: string; path: string }[]>`(
    select json_agg(json_build_object('title', a.title, 'path', a.path) order by length(a.path))
    from ${pages} a where a.path = any(${sql.placeholder("paths")}::text[]))`;
  const children = sql<{ title: string; path: string; summary: string }[]>`(
    select coalesce(json_agg(json_build_object('title', c.title, 'path', c.path, 'summary', c.summary) order by c.position, c.id), '[]')
    from ${pages} c where c.parent_id = p.id)`;
  const page = sql`${pages} p`;
  return db
    .select({ title: sql<string>`p.title`, summary: sql<string>`p.summary`, html: sql<string>`p.html`, breadcrumb, children })
    .from(page)
    .where(sql`p.path = ${sql.placeholder("path")}`)
    .prepare("blog_page");
}
