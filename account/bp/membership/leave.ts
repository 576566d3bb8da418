import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { nothingHere } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { MembershipId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { memberOf } from "../member.ts";
import { scopeWords } from "./words.ts";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
type Params = z.output<typeof params>;
const URL = "/membership/:id(^[1-9]\\d{0,14}$)/leave";

/** GET /membership/7/leave: what goes with it. Somebody else's membership is not there. */
export const askToLeave: Route<{ Params: Params }> = {
  method: "GET",
  url: URL,
  schema: { params },
  async handler(request, reply) {
    const userId = memberOf(request);
    const { services, transaction } = request.server;
    const own = await services.membership.listOwn(userId);
    const membership = own.find(({ id }) => id === request.params.id);
    if (membership === undefined) throw nothingHere();
    const given = await transaction((tx) => services.relations.listGroupRoles(tx, membership.group.slug));
    const roles = given.map(({ role, scope }) => `${role} of ${scopeWords(scope)}`);
    return accountPage(reply, "membership/leave.html", { membership, roles });
  },
};

/** POST /membership/7/leave: what followed from being in it goes in one step; what was given in person stays. */
export const leaveGroup: Route<{ Params: Params }> = {
  method: "POST",
  url: URL,
  schema: { params },
  async handler(request, reply) {
    const userId = memberOf(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.membership.leave(tx, userId, request.params.id as MembershipId));
    return reply.redirect(withNotice("/membership", "group-left"), 303);
  },
};
