import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { uriOfAccount } from "../../../mastodon/ids.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { member, memberReader } from "../access.ts";
import { notFound } from "../errors.ts";
import { listOf, readParams, text } from "../params.ts";
import { type ListRequest, listParams } from "./params.ts";

const [url, schema] = ["/api/v1/lists/:id/accounts", { params: listParams }];
const params = z.object({ account_ids: listOf(text(3000), 100) });

/** GET, POST and DELETE /api/v1/lists/:id/accounts: who is in it; only whom the member follows comes in. */
export const listAccountsOf: Route<ListRequest> = {
  ...{ method: "GET", url, schema, config: member("read:lists") },
  async handler(request, reply) {
    const reader = memberReader(request);
    const { people } = await request.server.services.people.getList(reader.userId, request.params.id);
    const accounts = await makeShow(request.server, reader).accounts(people.map(({ uri }) => uri));
    return reply.send(people.flatMap(({ uri }) => accounts.get(uri) ?? []));
  },
};

export const addAccounts: Route<ListRequest> = {
  ...{ method: "POST", url, schema, config: member("write:lists") },
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { services, transaction } = request.server;
    const uris = await urisOf(request);
    await transaction(async (tx) => {
      for (const uri of uris) if (!(await services.people.addToList(tx, userId, request.params.id, uri))) throw notFound();
    });
    return reply.send({});
  },
};

export const removeAccounts: Route<ListRequest> = {
  ...{ method: "DELETE", url, schema, config: member("write:lists") },
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { services, transaction } = request.server;
    const uris = await urisOf(request);
    await transaction(async (tx) => {
      for (const uri of uris) await services.people.removeFromList(tx, userId, request.params.id, uri);
    });
    return reply.send({});
  },
};

async function urisOf(request: FastifyRequest): Promise<readonly string[]> {
  return (await readParams(request, params)).account_ids.map((id) => {
    const uri = uriOfAccount(id);
    if (uri === null) throw notFound();
    return uri;
  });
}
