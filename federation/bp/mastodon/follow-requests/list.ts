import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { member, memberReader } from "../access.ts";

/** GET /api/v1/follow_requests: who asks to follow the member, the latest first, a hundred at most. */
export const listFollowRequests: Route = {
  method: "GET",
  url: "/api/v1/follow_requests",
  config: member("read:follows"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, fediverse } = request.server;
    const asking = await services.people.listFollowers(fediverse.actors.ofMember(reader.handle).uri, "asked", 1);
    const accounts = await makeShow(request.server, reader).accounts(asking.map(({ uri }) => uri));
    return reply.send(asking.flatMap(({ uri }) => accounts.get(uri) ?? []));
  },
};
