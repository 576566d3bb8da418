import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { MatterId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({ note: z.string().max(500).catch("").default("") });

/** POST /admin/matters/:id/unpaid: nobody has paid what can't be read any more, as its merchant's key is missing. */
export const letGo: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/matters/:id/unpaid",
  schema: { params, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as MatterId;
    const { userId: by } = adminOf(request);
    const note = request.body.note.replaceAll("\u0000", "").trim();
    await transaction(async (tx) => {
      if (!(await services.payments.letGo(tx, id, { by, note }))) return;
      const entry = { app: "cart", by, action: "let payment go", subject: `matter:${id}`, reason: note } as const;
      await services.audit.record(tx, { ...entry, before: null, after: null });
    });
    return reply.redirect("/admin/orders", 303);
  },
};
