import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { member, memberReader } from "../access.ts";
import { entityOf, type StatusRequest, statusParams } from "./params.ts";

/** DELETE /api/v1/statuses/:id: gives what it was, so that the app can offer to write it anew; its pictures wait for that, a day. */
export const removeStatus: Route<StatusRequest> = {
  method: "DELETE",
  url: "/api/v1/statuses/:id",
  schema: { params: statusParams },
  config: member("write:statuses"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { id } = request.params;
    const { services, transaction } = request.server;
    const source = await services.statuses.getSource(id, reader);
    const entity = await entityOf(request, await services.statuses.getStatus(id, reader));
    await transaction(async (tx) => {
      await services.statuses.remove(tx, reader, id);
      for (const { mediaId, alt } of source.pictures) await services.clientApi.keepUpload(tx, reader.userId, mediaId, alt);
    });
    return reply.send({ ...entity, text: source.text });
  },
};
