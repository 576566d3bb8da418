import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { member, memberReader } from "../access.ts";
import { notFound } from "../errors.ts";
import { type MediaRequest, mediaParams } from "./send.ts";

/** DELETE /api/v1/media/:id: it waits for no post any more. */
export const removeMedia: Route<MediaRequest> = {
  method: "DELETE",
  url: "/api/v1/media/:id",
  schema: { params: mediaParams },
  config: member("write:media"),
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { services, transaction } = request.server;
    if (!(await transaction((tx) => services.clientApi.dropUpload(tx, userId, request.params.id)))) throw notFound();
    return reply.send({});
  },
};
