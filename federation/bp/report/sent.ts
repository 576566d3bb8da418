import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";

/** GET /report/sent: what comes of it. */
export const showSent: Route = {
  method: "GET",
  url: "/report/sent",
  handler: (_request, reply) => reply.page("report/sent.html", {}),
};
