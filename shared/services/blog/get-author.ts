import { eq, sql } from "drizzle-orm";
import { authorPage, type BlogService } from "../../contracts/blog.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { postAuthors } from "../../models/blog.ts";
import { users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { offsetOf, postListOf } from "./post-list.ts";
import { among, onePage } from "./queries.ts";

/** Somebody who writes, with what they wrote. */
export function makeGetAuthor({ db, publicUrl, locale }: ServiceDeps): BlogService["getAuthor"] {
  const handle = sql.placeholder("handle");
  const author = db
    .select({ name: users.name, handle: users.handle, bio: users.bio, picture: pictureColumns })
    .from(users)
    .leftJoin(media, eq(media.id, users.pictureId))
    .where(eq(users.handle, handle))
    .prepare("blog_author");
  const theirs = sql`
    select ${postAuthors.postId} from ${postAuthors} join ${users} on ${users.id} = ${postAuthors.userId} where ${users.handle} = ${handle}`;
  const list = onePage(db, among(theirs), locale).prepare("blog_posts_of_author");

  return async (handle, page) => {
    const [[row], rows] = await Promise.all([author.execute({ handle }), list.execute({ handle, offset: offsetOf(page) })]);
    if (!row || (rows.length === 0 && page === 1)) throw new CodedError("not-found", "Nobody of this name writes here.", { handle });
    const words = { ...row, url: publicUrl("blog", `/authors/${row.handle}`), picture: pictureOf(row.picture, row.name) };
    return authorPage.parse({ author: words, list: postListOf(rows, page, publicUrl) });
  };
}
