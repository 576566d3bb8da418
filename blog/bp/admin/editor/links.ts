import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";

const querystring = z.object({ words: z.string().max(200).catch("").default("") });
const MOST = 8;

interface Item {
  title: string;
  url: string;
}

/** GET /admin/editor/links: what of ours a link may lead to, with the words in its title or found in its text; without words, what is newest. */
export const listLinks: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/editor/links",
  schema: { querystring },
  async handler({ query, server }) {
    const words = query.words.replaceAll("\0", "").trim();
    const isNamedSo = ({ title }: Item) => title.toLowerCase().includes(words.toLowerCase());
    const [posts, found, pages, tags] = await Promise.all([
      listPosts(server),
      findPosts(server, words),
      listPages(server),
      listTags(server),
    ]);
    const lists = { Posts: [...posts.filter(isNamedSo), ...found], Pages: pages.filter(isNamedSo), Tags: tags.filter(isNamedSo) };
    const groups = Object.entries(lists).map(([label, items]) => ({ label, items: onceEach(items, server).slice(0, MOST) }));
    return { groups: groups.filter(({ items }) => items.length > 0) };
  },
};

/** A link within this service is stored without its host, which may change. */
function onceEach(items: readonly Item[], { publicUrl }: FastifyInstance): Item[] {
  const own = publicUrl("blog", "");
  const byUrl = new Map(items.map(({ title, url }) => [url, { title, url: url.startsWith(`${own}/`) ? url.slice(own.length) : url }]));
  return [...byUrl.values()];
}

async function listPosts({ services }: FastifyInstance): Promise<Item[]> {
  const { posts } = await services.blog.listPosts(1);
  return posts.map(({ title, url }) => ({ title, url }));
}

async function findPosts({ services }: FastifyInstance, words: string): Promise<Item[]> {
  if (words === "") return [];
  const { hits } = await services.blog.searchPosts(words, 1);
  return hits.map(({ title, url }) => ({ title: title.map(({ text }) => text).join(""), url }));
}

/** The tree of pages from above. */
async function listPages({ services }: FastifyInstance): Promise<Item[]> {
  const { tree } = await services.blog.getNavigation();
  const below = (nodes: typeof tree): Item[] => nodes.flatMap(({ name, url, children }) => [{ title: name, url }, ...below(children)]);
  return below(tree);
}

async function listTags({ services }: FastifyInstance): Promise<Item[]> {
  const tags = await services.blog.listTags();
  return tags.map(({ name, url }) => ({ title: name, url }));
}
