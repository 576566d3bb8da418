import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { sendRules } from "./send-rules.ts";

/** GET /admin/price-rules: all in their order, and a form for a new one. */
export const listRules: Route = {
  method: "GET",
  url: "/admin/price-rules",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendRules(request, reply, { id: null, again: null }),
};
