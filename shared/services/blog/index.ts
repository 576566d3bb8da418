import { type BlogService, type PostList, postList, postPage, standingPage, tagPage } from "../../contracts/blog.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { PublicUrl, ServiceDeps } from "../../infrastructure/service-deps.ts";
import { navigationOf } from "./navigation.ts";
import { type PostCardRow, postCardOf } from "./post-cards.ts";
import { POSTS_PER_PAGE, prepareQueries } from "./queries.ts";

/** The publication over PostgreSQL. */
export function makeBlogService({ db, publicUrl }: ServiceDeps): BlogService {
  const queries = prepareQueries(db);
  const postLink = (to: { name: string; slug: string } | null) => to && { name: to.name, url: publicUrl("blog", `/posts/${to.slug}`) };
  const pageLink = ({ title, path }: { title: string; path: string }) => ({ name: title, url: publicUrl("blog", `/${path}`) });

  return {
    async listPosts(page) {
      return postListOf(await queries.posts.execute({ offset: offsetOf(page) }), page, publicUrl);
    },
    async listTags() {
      const rows = await queries.tags.execute();
      return rows.map(({ name, slug, postCount }) => ({ name, url: publicUrl("blog", `/tags/${slug}`), postCount }));
    },
    async getPost(slug) {
      const [row] = await queries.post.execute({ slug });
      if (!row) throw new CodedError("not-found", "There is no post at this address.", { slug });
      return postPage.parse({ ...row, post: postCardOf(row, publicUrl), newer: postLink(row.newer), older: postLink(row.older) });
    },
    async getTag(slug, page) {
      const [[tag], rows] = await Promise.all([
        queries.tag.execute({ slug }),
        queries.postsOfTag.execute({ slug, offset: offsetOf(page) }),
      ]);
      if (!tag) throw new CodedError("not-found", "There is no such tag.", { slug });
      return tagPage.parse({ tag, list: postListOf(rows, page, publicUrl) });
    },
    async getPage(path) {
      const [row] = await queries.page.execute({ path, paths: beginningsOf(path) });
      if (!row) throw new CodedError("not-found", "There is no page at this address.", { path });
      const children = row.children.map((child) => ({ ...pageLink(child), summary: child.summary }));
      return standingPage.parse({ ...row, breadcrumb: row.breadcrumb.map(pageLink), children });
    },
    async getNavigation() {
      const [items, pages] = await Promise.all([queries.menuItems.execute(), queries.pageTree.execute()]);
      return navigationOf(items, pages, publicUrl);
    },
  };
}

/** "about/history/oven" -> about, about/history, about/history/oven */
function beginningsOf(path: string): string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function offsetOf(page: number): number {
  return (page - 1) * POSTS_PER_PAGE;
}

/** The first page may be empty; a later one that is does not exist. */
function postListOf(rows: readonly (PostCardRow & { total: number })[], page: number, publicUrl: PublicUrl): PostList {
  const [first] = rows;
  if (!first && page > 1) throw new CodedError("not-found", "The list does not go on this far.", { page });
  const pageCount = Math.max(1, Math.ceil((first?.total ?? 0) / POSTS_PER_PAGE));
  return postList.parse({ posts: rows.map((row) => postCardOf(row, publicUrl)), paging: { page, pageCount } });
}
