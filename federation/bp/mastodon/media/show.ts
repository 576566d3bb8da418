import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { member } from "../access.ts";
import { type MediaRequest, mediaParams, sendUpload } from "./send.ts";

/** GET /api/v1/media/:id: it is there as soon as it was brought. */
export const showMedia: Route<MediaRequest> = {
  method: "GET",
  url: "/api/v1/media/:id",
  schema: { params: mediaParams },
  config: member("write:media"),
  handler: (request, reply) => sendUpload(request, reply, request.params.id),
};
