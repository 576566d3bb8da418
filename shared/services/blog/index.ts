import { type BlogService, standingPage, tagPage } from "../../contracts/blog.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { pictureOf } from "../pictures.ts";
import { makeArchive } from "./archive.ts";
import { makeGetFeed } from "./feeds.ts";
import { makeFindMoved } from "./find-moved.ts";
import { makeGetAuthor } from "./get-author.ts";
import { makeGetPost } from "./get-post.ts";
import { makeMayRead } from "./may-read.ts";
import { navigationOf } from "./navigation.ts";
import { postCardOf } from "./post-cards.ts";
import { offsetOf, postListOf } from "./post-list.ts";
import { makeListPublicTexts } from "./public-texts.ts";
import { prepareQueries } from "./queries.ts";
import { makeSearchPages } from "./search-pages.ts";
import { makeSearchPosts } from "./search-posts.ts";
import { shareOf } from "./share.ts";
import { makeSitemap } from "./sitemap.ts";

/** The publication over PostgreSQL. */
export function makeBlogService(deps: ServiceDeps, { relations }: { relations: Pick<RelationsService, "list"> }): BlogService {
  const { db, publicUrl, locale } = deps;
  const queries = prepareQueries(db, locale);
  const mayRead = makeMayRead(relations);
  const pageLink = ({ title, path }: { title: string; path: string }) => ({ name: title, url: publicUrl("blog", `/${path}`) });

  return {
    ...makeArchive(deps),
    ...makeSitemap(deps),
    ...makeSearchPages(deps),
    listPublicTexts: makeListPublicTexts(deps),
    searchPosts: makeSearchPosts(deps),
    getPost: makeGetPost(queries, publicUrl, mayRead),
    getAuthor: makeGetAuthor(deps),
    getFeed: makeGetFeed(deps),
    findMoved: makeFindMoved(db),
    async listPosts(page) {
      return postListOf(await queries.posts.execute({ offset: offsetOf(page) }), page, publicUrl);
    },
    async listPostsById(ids) {
      if (ids.length === 0) return [];
      return (await queries.postsById.execute({ ids: [...ids] })).map((row) => postCardOf(row, publicUrl));
    },
    async listTags() {
      const rows = await queries.tags.execute();
      return rows.map(({ slug, ...tag }) => ({ ...tag, url: publicUrl("blog", `/tags/${slug}`) }));
    },
    async getTag(slug, page) {
      const [[tag], rows] = await Promise.all([
        queries.tag.execute({ slug }),
        queries.postsOfTag.execute({ slug, offset: offsetOf(page) }),
      ]);
      if (!tag) throw new CodedError("not-found", "There is no such tag.", { slug });
      return tagPage.parse({ tag, list: postListOf(rows, page, publicUrl) });
    },
    async getPage(path, viewer) {
      const [row] = await queries.page.execute({ path, paths: beginningsOf(path) });
      if (!row) throw new CodedError("not-found", "There is no page at this address.", { path });
      const isReadable = await mayRead(viewer, { kind: "page", id: row.id, audience: row.audience });
      const children = row.children.map((child) => ({ ...pageLink(child), summary: child.summary }));
      return standingPage.parse({
        ...row,
        isReadable,
        html: isReadable ? row.html : "",
        picture: pictureOf(row.picture, row.pictureAlt),
        share: shareOf(row.share),
        breadcrumb: row.breadcrumb.map(pageLink),
        children,
      });
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
