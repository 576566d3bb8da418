import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { z } from "zod";
import { noticeOfChange, roleChange } from "../role-change.ts";
import { takeBack } from "../take-back.ts";
import { type MemberParams, memberParams } from "./show.ts";

/** POST /admin/members/ada/roles: a role in person, given or taken. Only who may give roles, and nobody to themselves; an admin of the site always stays. */
export const changeRole: Route<{ Params: MemberParams; Body: z.output<typeof roleChange> }> = {
  method: "POST",
  url: "/admin/members/:handle/roles",
  schema: { params: memberParams, body: roleChange },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { role, scope, reason, change } = request.body;
    const { userId: by } = adminOf(request);
    const { userId, handle } = await services.membership.getMember(request.params.handle);
    const fact = { relation: "shared.role", values: [`user:${userId}`, role, scope] };
    const done =
      change === "give"
        ? await transaction((tx) => services.relations.assertFact(tx, by, { ...fact, reason, expiresAt: null }))
        : await takeBack(request.server, by, fact, reason);
    return reply.redirect(withNotice(`/admin/members/${handle}`, noticeOfChange(done)), 303);
  },
};
