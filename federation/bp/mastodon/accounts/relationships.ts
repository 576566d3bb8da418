import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { relationship } from "../../../mastodon/entities/relationship.ts";
import { uriOfAccount } from "../../../mastodon/ids.ts";
import { member, memberReader } from "../access.ts";
import { listOf, readParams, text } from "../params.ts";

const params = z.object({ id: listOf(text(3000), 100) });

/** GET /api/v1/accounts/relationships?id[]=…: what stands between the member and each of these. */
export const listRelationships: Route = {
  method: "GET",
  url: "/api/v1/accounts/relationships",
  config: member("read:follows"),
  async handler(request, reply) {
    const { id } = await readParams(request, params);
    return reply.send(
      await relationshipsWith(
        request,
        id.flatMap((one) => uriOfAccount(one) ?? []),
      ),
    );
  },
};

/** In this order. */
async function relationshipsWith(request: FastifyRequest, uris: readonly string[]) {
  const { services, fediverse } = request.server;
  const standings = await services.people.standings(fediverse.actors.ofMember(memberReader(request).handle).uri, uris);
  return uris.flatMap((uri) => {
    const standing = standings.get(uri);
    return standing === undefined ? [] : [relationship(uri, standing)];
  });
}

/** After something was decided about one. */
export const relationshipWith = async (request: FastifyRequest, uri: string) => (await relationshipsWith(request, [uri]))[0];
