import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { uriOfAccount } from "../../../mastodon/ids.ts";
import { acceptFollower, removeFollower } from "../../../people/decide.ts";
import { member, memberReader } from "../access.ts";
import { type AccountRequest, accountParams } from "../accounts/params.ts";
import { relationshipWith } from "../accounts/relationships.ts";
import { notFound } from "../errors.ts";

/** POST /api/v1/follow_requests/:id/authorize and …/reject */
export const answerFollowRequests: readonly Route<AccountRequest>[] = (
  [
    ["authorize", acceptFollower],
    ["reject", removeFollower],
  ] as const
).map(([name, answer]) => ({
  method: "POST",
  url: `/api/v1/follow_requests/:id/${name}`,
  schema: { params: accountParams },
  config: member("write:follows"),
  async handler(request: FastifyRequest<AccountRequest>, reply: FastifyReply) {
    const { server } = request;
    const own = server.fediverse.actors.ofMember(memberReader(request).handle);
    const uri = uriOfAccount(request.params.id);
    const standing = uri === null ? undefined : (await server.services.people.standings(own.uri, [uri])).get(uri);
    // who was let in before is no request any more: nobody is thrown out by a late press
    if (uri === null || standing?.followedBy !== "asked" || !(await answer(server, own, uri))) throw notFound();
    return reply.send(await relationshipWith(request, uri));
  },
}));
