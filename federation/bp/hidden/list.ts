import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { peoplePage } from "../people-page.ts";
import { memberOf } from "../settings/member.ts";

/** GET /hidden: whom the member has muted and blocked, and which servers. */
export const listHidden: Route = {
  method: "GET",
  url: "/hidden",
  handler: (request, reply) => hiddenPage(request, reply, { domain: "", error: "" }),
};

/** domain and error: of a try that came to nothing. */
export async function hiddenPage(request: FastifyRequest, reply: FastifyReply, tried: { domain: string; error: string }) {
  const { handle } = memberOf(request);
  const { services, fediverse } = request.server;
  const own = fediverse.actors.ofMember(handle).uri;
  const [muted, blocked, domains] = await Promise.all([
    services.people.listMuted(own),
    services.people.listBlocked(own),
    services.people.listBlockedDomains(own),
  ]);
  return peoplePage(reply, "Muted and blocked", "hidden/list.html", { muted, blocked, domains, ...tried });
}
