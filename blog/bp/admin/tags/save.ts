import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { TagId } from "@rose-ash/shared/models/ids.ts";
import { errorsOf, fieldsOf, type TagBody, tagBody } from "./fields.ts";
import { sendTag, TAG_ROUTE, type TagParams, tagParams } from "./show.ts";

/** POST /admin/tags/:id: an old address leads to the new one. */
export const saveTag: Route<{ Params: TagParams; Body: TagBody }> = {
  method: "POST",
  url: TAG_ROUTE,
  schema: { params: tagParams, body: tagBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as TagId;
    const result = await transaction((tx) => services.writing.saveTag(tx, id, fieldsOf(request.body)));
    if (result.kind === "saved") return reply.redirect(withNotice("/admin/tags", "saved"), 303);
    return sendTag(request, reply, { id, again: { values: request.body, errors: errorsOf(result) } });
  },
};
