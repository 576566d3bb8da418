import { asc, eq, type SQL, sql } from "drizzle-orm";
import { type BlogService, SITEMAP_FILE_ENTRIES, SITEMAP_PARTS, type SitemapPart } from "../../contracts/blog.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { pages, postAuthors, posts, postTags, tags } from "../../models/blog.ts";
import { users } from "../../models/identity.ts";
import { isPublished } from "./queries.ts";

/** What is public here, a file of addresses at a time. What is for a group has a page for everybody, which says so: it is in. */
export function makeSitemap({ db, publicUrl }: ServiceDeps): Pick<BlogService, "listSitemapFiles" | "getSitemapFile"> {
  const files = prepareFiles(db);
  const counts = db.select(countsOf()).from(sql`(select) as nothing`).prepare("blog_sitemap_counts");
  return {
    async listSitemapFiles() {
      const [row] = await counts.execute();
      return SITEMAP_PARTS.flatMap((part) =>
        Array.from({ length: Math.ceil((row?.[part] ?? 0) / SITEMAP_FILE_ENTRIES) }, (_, i) => ({ part, number: i + 1 })),
      );
    },
    async getSitemapFile(part, number) {
      const rows = await files[part].execute({ limit: SITEMAP_FILE_ENTRIES, offset: (number - 1) * SITEMAP_FILE_ENTRIES });
      return rows.map(({ key, updatedAt }) => ({ url: publicUrl("blog", pathOf(part, key)), updatedAt }));
    },
  };
}

/** One query for each part, prepared once. */
function prepareFiles(db: Db) {
  const { posts, pages, tags, authors } = partsOf(db);
  const [limit, offset] = [sql.placeholder("limit"), sql.placeholder("offset")];
  return {
    posts: posts.limit(limit).offset(offset).prepare("blog_sitemap_posts"),
    pages: pages.limit(limit).offset(offset).prepare("blog_sitemap_pages"),
    tags: tags.limit(limit).offset(offset).prepare("blog_sitemap_tags"),
    authors: authors.limit(limit).offset(offset).prepare("blog_sitemap_authors"),
  };
}

/** The last part of each address, and when what it leads to last changed; in an order that new rows don't disturb. */
function partsOf(db: Db) {
  const lastPost = sql<Date>`max(${posts.updatedAt})`.mapWith(posts.updatedAt);
  const isPublic = sql`${pages.status} = 'published'`;
  const { updatedAt } = pages;
  return {
    posts: db.select({ key: posts.slug, updatedAt: posts.updatedAt }).from(posts).where(isPublished).orderBy(asc(posts.id)).$dynamic(),
    pages: db.select({ key: pages.path, updatedAt }).from(pages).where(isPublic).orderBy(asc(pages.id)).$dynamic(),
    tags: db
      .select({ key: tags.slug, updatedAt: lastPost })
      .from(tags)
      .innerJoin(postTags, eq(postTags.tagId, tags.id))
      .innerJoin(posts, sql`${posts.id} = ${postTags.postId} and ${isPublished}`)
      .where(sql`not ${tags.isInternal}`)
      .groupBy(tags.id)
      .orderBy(asc(tags.id))
      .$dynamic(),
    authors: db
      .select({ key: users.handle, updatedAt: lastPost })
      .from(users)
      .innerJoin(postAuthors, eq(postAuthors.userId, users.id))
      .innerJoin(posts, sql`${posts.id} = ${postAuthors.postId} and ${isPublished}`)
      .groupBy(users.id)
      .orderBy(asc(users.id))
      .$dynamic(),
  };
}

/** How many there are at most: a tag or author that has nothing published makes a file longer than it is, never shorter. */
function countsOf(): Record<SitemapPart, SQL<number>> {
  return {
    posts: sql`(select count(*)::int from ${posts} where ${isPublished})`,
    pages: sql`(select count(*)::int from ${pages} where ${pages.status} = 'published')`,
    tags: sql`(select count(*)::int from ${tags} where not ${tags.isInternal})`,
    authors: sql`(select count(distinct ${postAuthors.userId})::int from ${postAuthors})`,
  };
}

function pathOf(part: SitemapPart, key: string): string {
  return part === "pages" ? `/${key}` : `/${part}/${key}`;
}
