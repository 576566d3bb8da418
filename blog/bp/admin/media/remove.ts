import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { type MediaParams, mediaParams } from "./show.ts";

/** POST /admin/media/:id/removal: takes a file out of the library, if nothing shows it. */
export const removeMedia: Route<{ Params: MediaParams }> = {
  method: "POST",
  url: "/admin/media/:id/removal",
  schema: { params: mediaParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const result = await transaction((tx) => services.media.remove(tx, id, adminOf(request).userId));
    const address =
      result.kind === "removed" ? withNotice("/admin/media", "file-removed") : withNotice(`/admin/media/${id}`, "file-in-use");
    return reply.redirect(address, 303);
  },
};
