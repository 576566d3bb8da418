import type { FragmentWant } from "@rose-ash/shared/contracts/fragments.ts";
import { MAX_SEARCH_CHARACTERS, type Searchable, type SearchHit } from "@rose-ash/shared/contracts/search.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { pageQuery, paginationOf } from "../paging.ts";
import { correct } from "./correct.ts";

const OTHERS_SHOWN = 4;
const NAMES_LOOKED_AT = 20;

/** What was typed more than once counts as nothing; longer words are cut. */
const query = pageQuery.extend({ q: z.string().catch("") });

/** GET /search?q=: what the whole site has about some words: posts page after page, and the best of everything else. */
export const showSearch: Route<{ Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/search",
  schema: { querystring: query },
  async handler(request, reply) {
    const { services, listTopics } = request.server;
    const words = [...request.query.q].slice(0, MAX_SEARCH_CHARACTERS).join("").trim();
    const { page } = request.query;
    const topics = await listTopics(null);
    reply.header("x-robots-tag", "noindex");
    if (words === "") return reply.page("search/show.html", { words, topics, posts: null, groups: [], better: null, isEmpty: true });
    const [posts, groups] = await Promise.all([services.blog.searchPosts(words, page), page === 1 ? listOthers(request, words) : []]);
    const isNothing = posts.count === 0 && groups.length === 0;
    const better = isNothing ? correct(words, await listNames(services, words)) : null;
    const path = `/search?q=${encodeURIComponent(words)}`;
    const pagination = paginationOf(path, posts.paging, "&");
    const context = { words, topics, posts, groups, pagination, better, path, isNothing };
    return reply.page("search/show.html", context, groups.some(({ isShop }) => isShop) ? { shop: shopWant(words) } : {});
  },
};

/** isShop: the shop shows them better itself, with prices; these stand in while it can't. */
interface Group {
  title: string;
  hits: readonly SearchHit[];
  isShop: boolean;
}

function shopWant(q: string): FragmentWant {
  return { type: "search-results", params: { q, limit: OTHERS_SHOWN } };
}

/** Each service is asked by itself: one that can't answer leaves its own part out. */
async function listOthers(request: FastifyRequest, words: string): Promise<Group[]> {
  const { blog, market, events, identity } = request.server.services;
  const asked: [string, Searchable][] = [
    ["Pages", blog],
    ["In the shop", market],
    ["In the calendar", events],
    ["People", identity],
  ];
  const groups = await Promise.all(
    asked.map(async ([title, service]) => {
      const isShop = service === market;
      try {
        return { title, hits: await service.search(words, OTHERS_SHOWN), isShop };
      } catch (err) {
        request.log.warn({ err }, `the search of ${title} failed`);
        return { title, hits: [], isShop };
      }
    }),
  );
  return groups.filter(({ hits }) => hits.length > 0);
}

async function listNames({ blog, market, events, identity }: Services, words: string): Promise<readonly string[]> {
  const lists = await Promise.all([blog, market, events, identity].map((service) => service.listNamesLike(words, NAMES_LOOKED_AT)));
  return lists.flat();
}
