import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { anybody, readerOf } from "../access.ts";
import { entityOf, type StatusRequest, statusOf, statusParams } from "./params.ts";

/** GET /api/v1/statuses/:id */
export const showStatus: Route<StatusRequest> = {
  method: "GET",
  url: "/api/v1/statuses/:id",
  schema: { params: statusParams },
  config: anybody("read:statuses"),
  handler: async (request, reply) => reply.send(await entityOf(request, await statusOf(request, readerOf(request)))),
};
