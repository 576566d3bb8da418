import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { makeShow } from "../../../mastodon/show.ts";
import { anybody, readerOf } from "../access.ts";
import { sendLink } from "../paging.ts";
import { limitOf, readParams, text } from "../params.ts";
import { type AccountRequest, accountParams, profileOf } from "./params.ts";

const ON_PAGE = 100;
/** max_id: of which page it is, as the link said: apps keep to the link. */
const params = z.object({ limit: limitOf(40, 80), max_id: text(100).optional() });

/** GET /api/v1/accounts/:id/followers and …/following: of members, as their collections say to the world; whom others know is their hosts' to say. */
export const accountFollows: readonly Route<AccountRequest>[] = (["followers", "following"] as const).map((which) => ({
  method: "GET",
  url: `/api/v1/accounts/:id/${which}`,
  schema: { params: accountParams },
  config: anybody("read:accounts"),
  async handler(request: FastifyRequest<AccountRequest>, reply: FastifyReply) {
    const { max_id: from } = await readParams(request, params);
    const profile = await profileOf(request);
    const { people } = request.server.services;
    const page = Math.min(10_000, Math.max(1, Number(/^\d{1,5}$/.exec(from ?? "")?.[0] ?? 1)));
    const all = !profile.isOurs
      ? []
      : which === "followers"
        ? await people.listFollowers(profile.uri, "accepted", page)
        : await people.listFollowing(profile.uri, page);
    sendLink(request, reply, { next: all.length < ON_PAGE ? null : String(page + 1), prev: null });
    const found = all.filter((one) => !("state" in one) || one.state === "accepted");
    const accounts = await makeShow(request.server, readerOf(request)).accounts(found.map(({ uri }) => uri));
    return reply.send(found.flatMap(({ uri }) => accounts.get(uri) ?? []));
  },
}));
