import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { makeShow } from "../../../mastodon/show.ts";
import { member, memberReader } from "../access.ts";
import { countHit } from "../limits.ts";
import { flag, limitOf, readParams, text } from "../params.ts";
import { findPeople, findPost, findPosts } from "./find.ts";

const params = z.object({
  q: text(1000),
  type: z.enum(["accounts", "statuses", "hashtags"]).optional(),
  ...{ resolve: flag.default(false), following: flag.default(false), limit: limitOf(20, 40) },
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});

/** GET /api/v2/search: people by name, tags by how they begin, posts by their address or, where their authors allow it, by words; resolve: other hosts may be asked. */
export const search: Route = {
  method: "GET",
  url: "/api/v2/search",
  config: member("read:search"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { server } = request;
    const { q, type, resolve, following, limit, offset } = await readParams(request, params);
    await countHit(request, "search", String(reader.userId));
    const wants = (one: string) => offset === 0 && q.trim() !== "" && (type === undefined || type === one);
    const show = makeShow(server, reader);
    const post = wants("statuses") ? await findPost(request, reader, q, resolve) : null;
    const found =
      wants("accounts") && post === null ? await findPeople(request, reader, q, { isAsked: resolve, isFollowed: following }) : [];
    const tags = wants("hashtags") ? await server.services.statuses.searchTags(q, limit) : [];
    const posts = post !== null ? [post] : wants("statuses") ? await findPosts(request, reader, q) : [];
    const accounts = await show.accounts(found.slice(0, limit));
    return reply.send({
      accounts: found.slice(0, limit).flatMap((uri) => accounts.get(uri) ?? []),
      statuses: await show.statuses(posts.slice(0, limit)),
      hashtags: tags.map(({ tag }) => tagEntity(tag, (path) => server.publicUrl("federation", path))),
    });
  },
};

/** A tag (docs: entities/Tag); how often it is used each day is not counted. */
export const tagEntity = (name: string, at: (path: string) => string) => ({
  ...{ id: name, name, url: at(`/tags/${encodeURIComponent(name)}`), history: [], following: false, featuring: false },
});
