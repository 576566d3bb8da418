import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { sendGhost } from "./send-ghost.ts";

/** GET /admin/ghost: how far it is, what differs, what fails and why; and files that were exported from a Ghost. */
export const showGhost: Route = {
  method: "GET",
  url: "/admin/ghost",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendGhost(request, reply),
};
