import { and, asc, count, desc, eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Db } from "../../infrastructure/db.ts";
import { menuItems, pages, postProducts, posts, postTags, series, tags } from "../../models/blog.ts";
import type { PageId } from "../../models/ids.ts";
import { likes } from "../../models/likes.ts";
import { products } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { pictureColumns } from "../pictures.ts";
import { selectPosts } from "./post-cards.ts";
import { shareColumn } from "./share.ts";

/** Posts on one page of a list. */
export const POSTS_PER_PAGE = 9;

const slug = sql.placeholder("slug");
const isPublicTag = eq(tags.isInternal, sql`false`);
const isPublicPage = sql`${pages.status} = 'published'`;
/** The literal: a parameter would hide the partial index posts_newest. */
export const isPublished = sql`${posts.status} = 'published'`;
/** The order of every list. */
export const newestFirst = [desc(posts.publishedAt), desc(posts.id)];

/** How many texts posts are: one in three languages is one. */
export const textCount = sql<number>`count(distinct coalesce(${posts.translationOf}, ${posts.id}))::int`;

/** The publication's first reads. */
export type Queries = ReturnType<typeof prepareQueries>;

/** The publication's reads, each prepared once per process. Every one of posts is of published ones alone. */
export function prepareQueries(db: Db, locale: string) {
  return {
    posts: preparePosts(db, locale),
    tag: db
      .select({ slug: tags.slug, name: tags.name, description: tags.description })
      .from(tags)
      .where(and(eq(tags.slug, slug), isPublicTag))
      .prepare("blog_tag"),
    postsOfTag: preparePostsOfTag(db, locale),
    postsById: selectPosts(db, {})
      .where(sql`${isPublished} and ${posts.id} = any(${sql.placeholder("ids")}::bigint[])`)
      .orderBy(sql`array_position(${sql.placeholder("ids")}::bigint[], ${posts.id})`)
      .prepare("blog_posts_by_id"),
    tags: prepareTags(db),
    post: preparePost(db),
    page: preparePage(db),
    pageTree: db
      .select({ id: pages.id, parentId: pages.parentId, path: pages.path, title: pages.title })
      .from(pages)
      .where(isPublicPage)
      .orderBy(asc(pages.position), asc(pages.id))
      .prepare("blog_page_tree"),
    menuItems: db
      .select({ menu: menuItems.menu, label: menuItems.label, url: menuItems.url, path: pages.path, pageId: menuItems.pageId })
      .from(menuItems)
      .leftJoin(pages, eq(pages.id, menuItems.pageId))
      .where(sql`${pages.id} is null or ${isPublicPage}`)
      .orderBy(asc(menuItems.menu), asc(menuItems.position), asc(menuItems.id))
      .prepare("blog_menu_items"),
  };
}

function preparePosts(db: Db, locale: string) {
  return onePage(db, { ofAll: isPublished, ofFew: isPublished }, locale).prepare("blog_posts");
}

function preparePostsOfTag(db: Db, locale: string) {
  const tagged = db
    .select({ id: postTags.postId })
    .from(postTags)
    .innerJoin(tags, eq(tags.id, postTags.tagId))
    .where(and(eq(tags.slug, slug), isPublicTag));
  return onePage(db, among(tagged), locale).prepare("blog_posts_of_tag");
}

/** Which posts a list is of: as it is quickest asked of all posts, and of few. */
interface Which {
  ofAll: SQL;
  ofFew: SQL;
}

/** Those published of some ids. An array: for a list of ids all posts would be walked, to count those of one tag. */
export function among(ids: SQLWrapper): Which {
  return {
    ofAll: sql`${isPublished} and ${posts.id} = any(array(${ids}))`,
    ofFew: sql`${isPublished} and ${posts.id} in (${ids})`,
  };
}

/**
 * Cards of one page of a list of those posts that `which` holds for, of each text one, with how many there are; parameter: offset.
 * The page's ids are found first, so that what is skipped is not gathered.
 */
export function onePage(db: Db, { ofAll, ofFew }: Which, locale: string) {
  const hidden = hiddenOf(ofFew, locale);
  const all = db.select({ n: count() }).from(posts).where(ofAll);
  const ids = db
    .select({ id: posts.id })
    .from(posts)
    .where(sql`${ofAll} and ${posts.id} not in ${hidden}`)
    .orderBy(...newestFirst)
    .limit(POSTS_PER_PAGE)
    .offset(sql.placeholder("offset"));
  return selectPosts(db, { total: sql<number>`((${all}) - (select count(*) from ${hidden} h))::int` })
    .where(inArray(posts.id, ids))
    .orderBy(...newestFirst);
}

/**
 * Of each text that is there in several languages, among those that `which` holds for, all but the one to show: that in the site's
 * language, else the original, else the first. Only texts that have a translation are looked at: they are few, and found by indexes.
 */
function hiddenOf(which: SQL, locale: string): SQL {
  const isInSiteLanguage = sql`split_part(${posts.language}, '-', 1) = ${locale.split("-")[0]}`;
  return sql`(
    select ranked.id from (
      select both_sides.id, row_number() over (partition by text order by is_in_site_language desc, is_translation, both_sides.id) as place
      from (
        select ${posts.id}, ${posts.translationOf} as text, ${isInSiteLanguage} as is_in_site_language, true as is_translation
        from ${posts} where ${which} and ${posts.translationOf} is not null
        union all
        select ${posts.id}, ${posts.id}, ${isInSiteLanguage}, false
        from ${posts} where ${which} and ${posts.id} in (
          select t.translation_of from ${posts} t where t.translation_of is not null and t.status = 'published')) both_sides) ranked
    where ranked.place > 1)`;
}

function prepareTags(db: Db) {
  return db
    .select({ name: tags.name, slug: tags.slug, description: tags.description, heading: tags.heading, postCount: textCount })
    .from(tags)
    .innerJoin(postTags, eq(postTags.tagId, tags.id))
    .innerJoin(posts, and(eq(posts.id, postTags.postId), isPublished))
    .where(isPublicTag)
    .groupBy(tags.id)
    .orderBy(desc(textCount), asc(tags.name), asc(tags.id))
    .prepare("blog_tags");
}

function preparePost(db: Db) {
  return selectPosts(db, {
    ...{
      id: posts.id,
      html: posts.html,
      pictureCaption: posts.pictureCaption,
      updatedAt: posts.updatedAt,
      canonicalUrl: posts.canonicalUrl,
      share: shareColumn("posts"),
    },
    ...{ productSlugs, series: seriesOfPost, likeCount },
    newer: neighbour(sql`>`, sql`asc`),
    older: neighbour(sql`<`, sql`desc`),
  })
    .where(and(isPublished, eq(posts.slug, slug)))
    .prepare("blog_post");
}

const productSlugs = sql<string[]>`array(
  select ${products.slug} from ${postProducts} join ${products} on ${products.id} = ${postProducts.productId}
  where ${postProducts.postId} = ${posts.id} order by ${postProducts.position}, ${products.id})`;

const seriesOfPost = sql<{ title: string; description: string; parts: { name: string; slug: string }[] } | null>`(
  select json_build_object('title', s.title, 'description', s.description, 'parts', (
    select json_agg(json_build_object('name', p.title, 'slug', p.slug) order by p.series_position, p.published_at, p.id)
    from ${posts} p where p.series_id = s.id and p.status = 'published'))
  from ${series} s where s.id = ${posts.seriesId})`;

const likeCount = sql<number>`(
  select count(*)::int from ${likes} where ${likes.kind} = 'post' and ${likes.subject} = ${posts.id})`;

/** The next published post on one side of the outer one, in the order of the list, that is not the same in another language. */
function neighbour(side: SQL, order: SQL): SQL<{ name: string; slug: string } | null> {
  return sql`(
    select json_build_object('name', n.title, 'slug', n.slug) from ${posts} n
    where n.status = 'published' and (n.published_at, n.id) ${side} (${posts.publishedAt}, ${posts.id})
    and coalesce(n.translation_of, n.id) <> coalesce(${posts.translationOf}, ${posts.id})
    order by n.published_at ${order}, n.id ${order} limit 1)`;
}

/** A page; ancestors are those whose path begins its own. `paths` holds every beginning, its own included. */
function preparePage(db: Db) {
  const breadcrumb = sql<{ title: string; path: string }[]>`(
    select json_agg(json_build_object('title', a.title, 'path', a.path) order by length(a.path))
    from ${pages} a where a.status = 'published' and a.path = any(${sql.placeholder("paths")}::text[]))`;
  const children = sql<{ title: string; path: string; summary: string }[]>`(
    select coalesce(json_agg(json_build_object('title', c.title, 'path', c.path, 'summary', c.summary) order by c.position, c.id), '[]')
    from ${pages} c where c.parent_id = p.id and c.status = 'published')`;
  return db
    .select({
      ...{ id: sql<PageId>`p.id::int`, title: sql<string>`p.title`, summary: sql<string>`p.summary`, html: sql<string>`p.html` },
      ...{
        audience: sql<string | null>`p.audience`,
        pictureAlt: sql<string>`p.picture_alt`,
        pictureCaption: sql<string>`p.picture_caption`,
      },
      ...{ picture: pictureColumns, share: shareColumn("p"), breadcrumb, children },
    })
    .from(sql`${pages} p`)
    .leftJoin(media, sql`${media.id} = p.picture_id`)
    .where(sql`p.path = ${sql.placeholder("path")} and p.status = 'published'`)
    .prepare("blog_page");
}
