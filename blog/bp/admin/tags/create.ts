import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { errorsOf, fieldsOf, type TagBody, tagBody } from "./fields.ts";
import { sendTags } from "./list.ts";

/** POST /admin/tags: a new one. */
export const createTag: Route<{ Body: TagBody }> = {
  method: "POST",
  url: "/admin/tags",
  schema: { body: tagBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const result = await transaction((tx) => services.writing.saveTag(tx, null, fieldsOf(request.body)));
    if (result.kind === "saved") return reply.redirect(withNotice("/admin/tags", "saved"), 303);
    return sendTags(request, reply, { values: request.body, errors: errorsOf(result) });
  },
};
