import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { member, memberReader } from "../access.ts";
import { listEntity } from "../lists/entity.ts";
import { type AccountRequest, accountParams, profileOf } from "./params.ts";

/** GET /api/v1/accounts/:id/lists: in which of the member's lists they are. */
export const listListsWith: Route<AccountRequest> = {
  method: "GET",
  url: "/api/v1/accounts/:id/lists",
  schema: { params: accountParams },
  config: member("read:lists"),
  async handler(request, reply) {
    const { uri } = await profileOf(request);
    const lists = await request.server.services.people.listListsWith(memberReader(request).userId, uri);
    return reply.send(lists.map(listEntity));
  },
};
