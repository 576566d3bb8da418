import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { GuardianshipId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../../member.ts";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({ to: z.enum(["active", "declined", "ended"]), reason: z.string().max(500).default("") });

/** GET /admin/family: what waits first. */
export const listTies: Route = {
  method: "GET",
  url: "/admin/family",
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendTies(request, reply, null),
};

/** POST /admin/family/:id: says yes or no for a ward, or ends it, with a reason. */
export const decideTie: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/family/:id",
  schema: { params, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { to, reason } = request.body;
    const id = request.params.id as GuardianshipId;
    const result = await transaction((tx) => services.family.decide(tx, memberOf(request), id, { to, reason }));
    if (result === "no-reason") return sendTies(request, reply.code(422), { id, reason });
    const notice = result === "decided" ? "family-decided" : result === "own" ? "family-own" : "family-gone";
    return reply.redirect(withNotice("/admin/family", notice), 303);
  },
};

/** typed: a reason that was none. */
async function sendTies(request: FastifyRequest, reply: FastifyReply, typed: { id: number; reason: string } | null): Promise<FastifyReply> {
  const ties = await request.server.services.family.listForStewards();
  return reply.page("admin/family/list.html", { menu: menuOf(request), ties, typed });
}
