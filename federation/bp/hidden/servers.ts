import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { blockDomain } from "../../people/decide.ts";
import { memberOf } from "../settings/member.ts";
import { hiddenPage } from "./list.ts";

const body = z.object({ domain: z.string().trim().max(300) });
type Request = { Body: z.output<typeof body> };

/** POST /hidden/servers: nothing passes between the member and anybody there; those there who follow are turned away. */
export const blockServer: Route<Request> = {
  method: "POST",
  url: "/hidden/servers",
  schema: { body },
  async handler(request, reply) {
    const { handle } = memberOf(request);
    const { server } = request;
    const domain = hostName(request.body.domain);
    if (domain === null)
      return hiddenPage(request, reply.code(422), { domain: request.body.domain, error: "A server is called like theirs.example." });
    const own = server.fediverse.actors.ofMember(handle);
    if (server.fediverse.actors.isOurs(`${new URL(own.uri).protocol}//${domain}/`))
      return hiddenPage(request, reply.code(422), { domain, error: "That is this site: single people can be blocked on their pages." });
    await blockDomain(server, own, domain);
    return reply.redirect(withNotice("/hidden", "server-hidden"), 303);
  },
};

export const unblockServer: Route<Request> = {
  method: "POST",
  url: "/hidden/servers/end",
  schema: { body },
  async handler(request, reply) {
    const { handle } = memberOf(request);
    const { services, transaction, fediverse } = request.server;
    const own = fediverse.actors.ofMember(handle).uri;
    const isDone = await transaction((tx) => services.people.unblockDomain(tx, own, request.body.domain));
    return reply.redirect(withNotice("/hidden", isDone ? "server-shown" : "not-there-now"), 303);
  },
};

/** A host as it stands in addresses, however it was typed; null: it is none. */
export function hostName(typed: string): string | null {
  const text = typed
    .replace(/^https?:\/\//i, "")
    .replace(/^@?[\w.-]*@/, "")
    .replace(/\/.*$/s, "");
  const url = URL.parse(`https://${text}/`);
  if (url === null || url.username !== "" || url.pathname !== "/" || url.hostname.endsWith(".")) return null;
  return /^[a-z0-9.-]+\.[a-z0-9-]+$/.test(url.hostname) ? url.host : null;
}
