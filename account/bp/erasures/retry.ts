import { adminOf, wholeSiteOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ErasureId } from "@rose-ash/shared/models/ids.ts";
import type { z } from "zod";
import { erasureParams } from "./show.ts";

/** POST /admin/erasures/:id/retry: what was given up is tried again. */
export const retryErasure: Route<{ Params: z.output<typeof erasureParams> }> = {
  method: "POST",
  url: "/admin/erasures/:id/retry",
  schema: { params: erasureParams },
  onRequest: wholeSiteOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as ErasureId;
    const by = adminOf(request).userId;
    const count = await transaction(async (tx) => {
      const tried = await services.erasures.retry(tx, id);
      const what = { app: "account", by, action: "retry erasure", subject: `erasure:${id}`, reason: "A part of it was given up." } as const;
      if (tried > 0) await services.audit.record(tx, { ...what, before: null, after: { parts: tried } });
      return tried;
    });
    return reply.redirect(withNotice(`/admin/erasures/${id}`, count > 0 ? "erasure-retried" : "not-there-now"), 303);
  },
};
