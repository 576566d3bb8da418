import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { MatterId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({ resolution: z.string().trim().min(1).max(500) });

/** POST /admin/matters/:id/resolution: somebody has seen to it, and says how. */
export const resolveMatter: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/matters/:id/resolution",
  schema: { params, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as MatterId;
    const { userId: by } = adminOf(request);
    const resolution = request.body.resolution.replaceAll("\u0000", "").trim() || "—";
    await transaction(async (tx) => {
      if (!(await services.payments.resolveMatter(tx, id, { by, resolution }))) return;
      const entry = { app: "cart", by, action: "resolve matter", subject: `matter:${id}`, reason: resolution } as const;
      await services.audit.record(tx, { ...entry, before: null, after: null });
    });
    return reply.redirect("/admin/orders", 303);
  },
};
