import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { anybody, readerOf } from "../access.ts";
import { notFound } from "../errors.ts";
import { type AccountRequest, accountParams, profileOf } from "./params.ts";

/** GET /api/v1/accounts/:id */
export const showAccount: Route<AccountRequest> = {
  method: "GET",
  url: "/api/v1/accounts/:id",
  schema: { params: accountParams },
  config: anybody("read:accounts"),
  async handler(request, reply) {
    const { uri } = await profileOf(request);
    const account = (await makeShow(request.server, readerOf(request)).accounts([uri])).get(uri);
    if (account === undefined) throw notFound();
    return reply.send(account);
  },
};
