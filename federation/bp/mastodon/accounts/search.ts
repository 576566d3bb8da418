import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { makeShow } from "../../../mastodon/show.ts";
import { member, memberReader } from "../access.ts";
import { flag, limitOf, readParams, text } from "../params.ts";
import { findPeople } from "../search/find.ts";

const params = z.object({
  q: text(1000),
  limit: limitOf(20, 40),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
  resolve: flag.default(false),
  following: flag.default(false),
});

/** GET /api/v1/accounts/search?q=: as the search for people does it. */
export const searchAccounts: Route = {
  method: "GET",
  url: "/api/v1/accounts/search",
  config: member("read:accounts"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { q, limit, offset, resolve, following } = await readParams(request, params);
    const found = offset > 0 ? [] : await findPeople(request, reader, q, { isAsked: resolve, isFollowed: following });
    const accounts = await makeShow(request.server, reader).accounts(found.slice(0, limit));
    return reply.send(found.slice(0, limit).flatMap((uri) => accounts.get(uri) ?? []));
  },
};
