import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { statusIdOf } from "../../../mastodon/ids.ts";
import { member, memberReader } from "../access.ts";
import { type StatusRequest, statusParams } from "./params.ts";

/** GET /api/v1/statuses/:id/source: a post of the member's own as it was typed. */
export const showSource: Route<StatusRequest> = {
  method: "GET",
  url: "/api/v1/statuses/:id/source",
  schema: { params: statusParams },
  config: member("read:statuses"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { statuses } = request.server.services;
    const { text, warning } = await statuses.getSource(request.params.id, reader);
    const { publishedAt, id } = await statuses.getStatus(request.params.id, reader);
    return reply.send({ id: statusIdOf(publishedAt, id), text, spoiler_text: warning });
  },
};
