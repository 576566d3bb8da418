import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { application } from "../../../mastodon/entities/application.ts";
import { accessOf, anyApp } from "../access.ts";

/** GET /api/v1/apps/verify_credentials: an app sees that its token, or a member's, is good. */
export const verifyApp: Route = {
  method: "GET",
  url: "/api/v1/apps/verify_credentials",
  config: anyApp(),
  handler: (request, reply) => reply.send(application(accessOf(request).app)),
};
