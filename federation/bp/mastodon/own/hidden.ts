import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { makeShow } from "../../../mastodon/show.ts";
import { blockDomain } from "../../../people/decide.ts";
import { hostName } from "../../hidden/servers.ts";
import { member, memberReader } from "../access.ts";
import { invalid } from "../errors.ts";
import { readParams, text } from "../params.ts";

/** GET /api/v1/mutes: whom the member sees nothing of, and until when. */
export const listMutes: Route = {
  method: "GET",
  url: "/api/v1/mutes",
  config: member("read:mutes"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const muted = await request.server.services.people.listMuted(request.server.fediverse.actors.ofMember(reader.handle).uri);
    const accounts = await makeShow(request.server, reader).accounts(muted.map(({ uri }) => uri));
    return reply.send(
      muted.flatMap(({ uri, until }) => {
        const account = accounts.get(uri);
        return account === undefined ? [] : [{ ...account, mute_expires_at: until?.toISOString() ?? null }];
      }),
    );
  },
};

/** GET /api/v1/blocks */
export const listBlocks: Route = {
  method: "GET",
  url: "/api/v1/blocks",
  config: member("read:blocks"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const blocked = await request.server.services.people.listBlocked(request.server.fediverse.actors.ofMember(reader.handle).uri);
    const accounts = await makeShow(request.server, reader).accounts(blocked.map(({ uri }) => uri));
    return reply.send(blocked.flatMap(({ uri }) => accounts.get(uri) ?? []));
  },
};

/** GET /api/v1/domain_blocks: names of hosts. */
export const listDomainBlocks: Route = {
  method: "GET",
  url: "/api/v1/domain_blocks",
  config: member("read:blocks"),
  handler: async (request, reply) =>
    reply.send(
      await request.server.services.people.listBlockedDomains(request.server.fediverse.actors.ofMember(memberReader(request).handle).uri),
    ),
};

const params = z.object({ domain: text(1000) });

/** POST and DELETE /api/v1/domain_blocks */
export const blockDomains: readonly Route[] = (["POST", "DELETE"] as const).map((method) => ({
  method,
  url: "/api/v1/domain_blocks",
  config: member("write:blocks"),
  async handler(request, reply) {
    const { server } = request;
    const own = server.fediverse.actors.ofMember(memberReader(request).handle);
    const domain = hostName((await readParams(request, params)).domain);
    if (domain === null || domain === new URL(own.uri).host) throw invalid("Domain is not a valid domain name");
    if (method === "POST") await blockDomain(server, own, domain);
    else await server.transaction((tx) => server.services.people.unblockDomain(tx, own.uri, domain));
    return reply.send({});
  },
}));
