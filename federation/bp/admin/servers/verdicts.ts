import { QUEUES } from "@rose-ash/shared/contracts/outbox.ts";
import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { DeliveryId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({ queue: z.enum(QUEUES), reason: z.string().trim().max(500).default("") });
type Verdict = { Params: z.output<typeof params>; Body: z.output<typeof body> };

/** POST /admin/servers/deliveries/:id/retry: now, and as often as at first. */
export const retryDelivery = verdictRoute("retry", "retried");

/** POST /admin/servers/deliveries/:id/discard: it is never sent. */
export const discardDelivery = verdictRoute("discard", "discarded");

function verdictRoute(verb: "retry" | "discard", done: "retried" | "discarded"): Route<Verdict> {
  return {
    method: "POST",
    url: `/admin/servers/deliveries/:id/${verb}`,
    schema: { params, body },
    onRequest: adminOnly("operate"),
    async handler(request, reply) {
      const { services, transaction } = request.server;
      const decision = decisionOf(request, request.body.reason);
      const isDone = await transaction((tx) => services.deliveries[verb](tx, request.params.id as DeliveryId, decision));
      return reply.redirect(withNotice(`/admin/servers?queue=${request.body.queue}`, isDone ? done : "not-there-now"), 303);
    },
  };
}

/** Who decides, and why; the guard has let no guest in. */
export function decisionOf({ viewer }: Pick<FastifyRequest, "viewer">, reason: string) {
  if (viewer.kind === "guest") throw nothingHere();
  return { by: viewer.userId, reason };
}
