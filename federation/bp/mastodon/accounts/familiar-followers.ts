import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { uriOfAccount } from "../../../mastodon/ids.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { member, memberReader } from "../access.ts";
import { listOf, readParams, text } from "../params.ts";

const params = z.object({ id: listOf(text(3000), 10) });

/** GET /api/v1/accounts/familiar_followers?id[]=…: whom the member follows and who follow them. */
export const listFamiliarFollowers: Route = {
  method: "GET",
  url: "/api/v1/accounts/familiar_followers",
  config: member("read:follows"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, fediverse } = request.server;
    const own = fediverse.actors.ofMember(reader.handle).uri;
    const { id } = await readParams(request, params);
    const wanted = id.flatMap((one) => uriOfAccount(one) ?? []);
    const familiar = await Promise.all(wanted.map((uri) => services.people.listFamiliar(own, uri)));
    const accounts = await makeShow(request.server, reader).accounts(familiar.flat());
    return reply.send(
      id
        .filter((one) => uriOfAccount(one) !== null)
        .map((one, index) => ({ id: one, accounts: (familiar[index] ?? []).flatMap((uri) => accounts.get(uri) ?? []) })),
    );
  },
};
