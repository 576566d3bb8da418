import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { COMMENT_RULES } from "@rose-ash/shared/models/moderation.ts";
import { z } from "zod";
import { decisionOf } from "../servers/verdicts.ts";
import { tabsOf } from "./tabs.ts";

/** GET /admin/moderation/rules: when comments wait, and whether all servers are let in. */
export const showRules: Route = {
  method: "GET",
  url: "/admin/moderation/rules",
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const [settings, tabs] = await Promise.all([request.server.services.moderation.getSettings(), tabsOf(request, "rules")]);
    return reply.page("admin/moderation/rules.html", { menu: menuOf(request), tabs, settings });
  },
};

const body = z.object({
  commentRule: z.enum(COMMENT_RULES),
  servers: z.enum(["all", "listed"]),
  reason: z.string().trim().min(3).max(500),
});

/** POST /admin/moderation/rules. */
export const saveRules: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/moderation/rules",
  schema: { body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { commentRule, servers, reason } = request.body;
    const settings = { commentRule, isAllowList: servers === "listed" };
    await transaction((tx) => services.moderation.saveSettings(tx, settings, decisionOf(request, reason)));
    return reply.redirect(withNotice("/admin/moderation/rules", "saved"), 303);
  },
};
