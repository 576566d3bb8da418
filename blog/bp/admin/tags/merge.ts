import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { TagId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { TAG_ROUTE, type TagParams, tagParams } from "./show.ts";

const body = z.object({ into: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** POST /admin/tags/:id/merge: what carries it carries the other, and it is gone. */
export const mergeTag: Route<{ Params: TagParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${TAG_ROUTE}/merge`,
  schema: { params: tagParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    await transaction((tx) => services.writing.mergeTag(tx, request.params.id as TagId, request.body.into as TagId));
    return reply.redirect(withNotice("/admin/tags", "merged"), 303);
  },
};
