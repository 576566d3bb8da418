import { type PostList, postList } from "../../contracts/blog.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { type PostCardRow, postCardOf } from "./post-cards.ts";
import { POSTS_PER_PAGE } from "./queries.ts";

/** How many posts stand before a page of a list. */
export function offsetOf(page: number): number {
  return (page - 1) * POSTS_PER_PAGE;
}

/** The first page may be empty; a later one that is does not exist. */
export function postListOf(rows: readonly (PostCardRow & { total: number })[], page: number, publicUrl: PublicUrl): PostList {
  const [first] = rows;
  if (!first && page > 1) throw new CodedError("not-found", "The list does not go on this far.", { page });
  const pageCount = Math.max(1, Math.ceil((first?.total ?? 0) / POSTS_PER_PAGE));
  return postList.parse({ posts: rows.map((row) => postCardOf(row, publicUrl)), paging: { page, pageCount } });
}
