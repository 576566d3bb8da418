import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { TagId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { sendTag, TAG_ROUTE, type TagParams, tagParams } from "./show.ts";

const body = z.object({ confirmed: z.string().max(200).catch("").default("") });

/** POST /admin/tags/:id/removal: off every post. Asks for its name, as nothing brings it back. */
export const removeTag: Route<{ Params: TagParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${TAG_ROUTE}/removal`,
  schema: { params: tagParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as TagId;
    const tag = (await services.writing.listTags()).find((one) => one.id === id);
    if (tag && tag.name !== request.body.confirmed.trim()) {
      const { isInternal, name, slug, heading, description } = tag;
      const values = { name, slug, heading, description, isInternal: isInternal ? "yes" : "no" };
      return sendTag(request, reply, {
        id,
        again: { values, errors: [{ field: "confirmed", message: "Write its name to take it away." }] },
      });
    }
    await transaction((tx) => services.writing.removeTag(tx, id));
    return reply.redirect(withNotice("/admin/tags", "removed-for-good"), 303);
  },
};
