import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices.ts";
import { z } from "zod";
import { decisionOf } from "./verdicts.ts";

const body = z.object({
  host: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/)
    .max(260),
  decision: z.enum(["suspend", "let-in"]),
  reason: z.string().trim().min(1).max(500),
});

/** POST /admin/servers/hosts: a server is shut out, or let in again. */
export const decideServer: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/servers/hosts",
  schema: { body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { host, decision, reason } = request.body;
    await transaction((tx) => services.deliveries.decideHost(tx, host, decision === "suspend", decisionOf(request, reason)));
    return reply.redirect(withNotice("/admin/servers", decision === "suspend" ? "server-shut-out" : "server-let-in"), 303);
  },
};
