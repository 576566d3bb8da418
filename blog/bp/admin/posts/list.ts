import type { PieceFilter } from "@rose-ash/shared/contracts/writing.ts";
import { adminOf, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { deskOnly } from "../pieces/desk.ts";

const word = (most: number) =>
  z
    .string()
    .max(most)
    .catch("")
    .default("")
    .transform((text) => text.replaceAll("\u0000", "").trim());

const STATES = ["", "draft", "scheduled", "published", "bin"] as const;
const NAMES: Record<PieceFilter["status"], string> = {
  "": "All",
  draft: "Drafts",
  scheduled: "Scheduled",
  published: "Published",
  bin: "Bin",
};

const asked = z.object({
  status: z.enum(STATES).catch(""),
  tag: word(200),
  author: word(100),
  words: word(200),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
type Query = z.output<typeof asked>;
const querystring = asked.loose(); // a notice may stand beside it

/** GET /admin/posts: what one edits, by state, tag, author and words. */
export const listPosts: Route<{ Querystring: Query }> = {
  method: "GET",
  url: "/admin/posts",
  schema: { querystring },
  onRequest: deskOnly("post"),
  handler: (request, reply) => sendPosts(request, reply, { query: request.query }),
};

/** The list; with a form for a new post that came back, 422. */
export async function sendPosts(
  request: FastifyRequest,
  reply: FastifyReply,
  { query, again }: { query: Query; again?: { title: string; message: string } },
): Promise<FastifyReply> {
  const { status, tag, author, words } = query;
  const { writing } = request.server.services;
  const [found, tags] = await Promise.all([
    writing.listPosts(adminOf(request).userId, { status, tag, author, words }, query.page),
    writing.listTags(),
  ]);
  if (again) reply.code(422);
  const url = (changes: object) => `/admin/posts?${new URLSearchParams({ status, tag, author, words, ...changes })}`;
  return reply.page("admin/posts/list.html", {
    menu: menuOf(request),
    ...{ query, again: again ?? null, count: found.count, isFiltered: [tag, author, words].some(Boolean) },
    posts: found.posts,
    states: STATES.map((name) => ({ name: NAMES[name], url: url({ status: name }), isCurrent: name === status })),
    tags: [{ value: "", label: "Every tag" }, ...tags.map(({ slug, name }) => ({ value: slug, label: name }))],
    paging: {
      number: found.page,
      count: found.pageCount,
      previousUrl: found.page > 1 ? url({ page: found.page - 1 }) : null,
      nextUrl: found.page < found.pageCount ? url({ page: found.page + 1 }) : null,
    },
  });
}
