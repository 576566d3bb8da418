import { eq, sql } from "drizzle-orm";
import type { BlogService } from "../../contracts/blog.ts";
import type { Db } from "../../infrastructure/db.ts";
import { pages, posts, tags } from "../../models/blog.ts";
import { redirects } from "../../models/revisions.ts";
import { isPublished } from "./queries.ts";

/** Where something that was here has gone; only to what is public now. */
export function makeFindMoved(db: Db): BlogService["findMoved"] {
  const moved = db
    .select({ slug: posts.slug, path: pages.path, tag: tags.slug })
    .from(redirects)
    .leftJoin(posts, sql`${eq(posts.id, redirects.postId)} and ${isPublished}`)
    .leftJoin(pages, sql`${eq(pages.id, redirects.pageId)} and ${pages.status} = 'published'`)
    .leftJoin(tags, sql`${eq(tags.id, redirects.tagId)} and not ${tags.isInternal}`)
    .where(eq(redirects.fromPath, sql.placeholder("path")))
    .prepare("blog_moved");
  return async (path) => {
    const [row] = await moved.execute({ path });
    if (row?.slug != null) return `/posts/${row.slug}`;
    if (row?.tag != null) return `/tags/${row.tag}`;
    return row?.path == null ? null : `/${row.path}`;
  };
}
