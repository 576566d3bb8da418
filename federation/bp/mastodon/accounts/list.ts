import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { uriOfAccount } from "../../../mastodon/ids.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { anybody, readerOf } from "../access.ts";
import { listOf, readParams, text } from "../params.ts";
import { findSomebody } from "./params.ts";

const params = z.object({ id: listOf(text(3000), 40) });

/** GET /api/v1/accounts?id[]=…: several at once; whom the pages would not show is left out. */
export const listAccounts: Route = {
  method: "GET",
  url: "/api/v1/accounts",
  config: anybody("read:accounts"),
  async handler(request, reply) {
    const { server } = request;
    const { id } = await readParams(request, params);
    const uris = id.flatMap((one) => uriOfAccount(one) ?? []);
    const shown = await Promise.all(uris.map((uri) => findSomebody(server, uri)));
    const accounts = await makeShow(server, readerOf(request)).accounts(uris.filter((_, index) => shown[index] !== null));
    return reply.send(uris.flatMap((uri) => accounts.get(uri) ?? []));
  },
};
