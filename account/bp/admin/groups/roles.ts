import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { z } from "zod";
import { noticeOfChange, roleChange } from "../role-change.ts";
import { takeBack } from "../take-back.ts";
import { type GroupParams, groupParams } from "./show.ts";

/** POST /admin/groups/bakers/roles: all in it have a role, or have it no more. Only who may give roles, and nobody for a group of their own. */
export const changeGroupRole: Route<{ Params: GroupParams; Body: z.output<typeof roleChange> }> = {
  method: "POST",
  url: "/admin/groups/:slug/roles",
  schema: { params: groupParams, body: roleChange },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { role, scope, reason, change } = request.body;
    const { userId } = adminOf(request);
    const { slug } = await services.membership.getGroup(request.params.slug);
    const fact = { relation: "shared.group_role", values: [slug, role, scope] };
    const done =
      change === "give"
        ? await transaction((tx) => services.relations.assertFact(tx, userId, { ...fact, reason, expiresAt: null }))
        : await takeBack(request.server, userId, fact, reason);
    return reply.redirect(withNotice(`/admin/groups/${slug}`, noticeOfChange(done)), 303);
  },
};
