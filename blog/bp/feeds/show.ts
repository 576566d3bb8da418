import type { FeedSource } from "@rose-ash/shared/contracts/blog.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { sendPublic } from "../send-public.ts";
import { atom } from "./atom.ts";
import { type FeedView, viewOf } from "./feed.ts";
import { jsonFeed } from "./json-feed.ts";
import { rss } from "./rss.ts";

const FORMATS: Readonly<Record<string, { type: string; write: (feed: FeedView) => string }>> = {
  "feed.xml": { type: "application/rss+xml; charset=utf-8", write: rss },
  "feed.atom": { type: "application/atom+xml; charset=utf-8", write: atom },
  "feed.json": { type: "application/feed+json; charset=utf-8", write: jsonFeed },
};
const FILE = ":file(^feed\\.(?:xml|atom|json)$)";

const file = z.object({ file: z.string() });
const ofTag = file.extend({ slug: z.string() });
const ofAuthor = file.extend({ handle: z.string() });

/** GET /feed.xml, /feed.atom, /feed.json: the newest posts. */
export const siteFeed: Route<{ Params: z.output<typeof file> }> = {
  method: "GET",
  url: `/${FILE}`,
  schema: { params: file },
  handler: (request, reply) => sendFeed(request, reply, { kind: "site" }, request.params.file),
};

/** The same of one tag. */
export const tagFeed: Route<{ Params: z.output<typeof ofTag> }> = {
  method: "GET",
  url: `/tags/:slug(^[a-z0-9-]{1,200}$)/${FILE}`,
  schema: { params: ofTag },
  handler: (request, reply) => sendFeed(request, reply, { kind: "tag", slug: request.params.slug }, request.params.file),
};

/** The same of one author. */
export const authorFeed: Route<{ Params: z.output<typeof ofAuthor> }> = {
  method: "GET",
  url: `/authors/:handle(^[a-z0-9-]{1,200}$)/${FILE}`,
  schema: { params: ofAuthor },
  handler: (request, reply) => sendFeed(request, reply, { kind: "author", handle: request.params.handle }, request.params.file),
};

async function sendFeed(request: FastifyRequest, reply: FastifyReply, source: FeedSource, file: string): Promise<FastifyReply> {
  const { services, runtime, publicUrl } = request.server;
  const format = FORMATS[file];
  if (format === undefined) throw new CodedError("not-found", "There is no feed of this kind.");
  const feed = viewOf(await services.blog.getFeed(source), source, { site: runtime.site, publicUrl, file });
  return sendPublic(request, reply, { type: format.type, body: format.write(feed) });
}
