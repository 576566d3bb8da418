import { eq, sql } from "drizzle-orm";
import { type BlogService, type FeedSource, feedItem } from "../../contracts/blog.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { postAuthors, posts, postTags, tags } from "../../models/blog.ts";
import { users } from "../../models/identity.ts";
import { postCardOf, selectPosts } from "./post-cards.ts";
import { isPublished, newestFirst } from "./queries.ts";

const ITEMS = 20;

/** The newest posts of a source, whole; of what is not for everybody, title and excerpt alone. */
export function makeGetFeed({ db, publicUrl }: ServiceDeps): BlogService["getFeed"] {
  const key = sql.placeholder("key");
  const publicHtml = sql<string>`case when ${posts.audience} is null then ${posts.html} else '' end`;
  const newest = (which: ReturnType<typeof sql>) =>
    selectPosts(db, { html: publicHtml, updatedAt: posts.updatedAt })
      .where(which)
      .orderBy(...newestFirst)
      .limit(ITEMS);
  const ofTag = sql`${posts.id} in (select ${postTags.postId} from ${postTags} join ${tags} on ${tags.id} = ${postTags.tagId} where ${tags.slug} = ${key})`;
  const ofAuthor = sql`${posts.id} in (select ${postAuthors.postId} from ${postAuthors} join ${users} on ${users.id} = ${postAuthors.userId} where ${users.handle} = ${key})`;
  const lists = {
    site: newest(isPublished).prepare("blog_feed"),
    tag: newest(sql`${isPublished} and ${ofTag}`).prepare("blog_feed_of_tag"),
    author: newest(sql`${isPublished} and ${ofAuthor}`).prepare("blog_feed_of_author"),
  };
  const titles = {
    tag: db
      .select({ title: tags.name, description: tags.description })
      .from(tags)
      .where(sql`${eq(tags.slug, key)} and not ${tags.isInternal}`)
      .prepare("blog_feed_tag"),
    author: db.select({ title: users.name, description: users.bio }).from(users).where(eq(users.handle, key)).prepare("blog_feed_author"),
  };

  return async (source) => {
    const { kind } = source;
    const key = keyOf(source);
    const [rows, [named]] = await Promise.all([
      lists[kind].execute({ key }),
      kind === "site" ? [{ title: "", description: "" }] : titles[kind].execute({ key }),
    ]);
    if (!named || (kind === "author" && rows.length === 0)) throw new CodedError("not-found", "There is no such feed.", { kind, key });
    const items = rows.map(({ html, updatedAt, ...row }) => feedItem.parse({ post: postCardOf(row, publicUrl), html, updatedAt }));
    return { ...named, items };
  };
}

function keyOf(source: FeedSource): string {
  if (source.kind === "tag") return source.slug;
  return source.kind === "author" ? source.handle : "";
}
