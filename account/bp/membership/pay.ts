import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { MembershipId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { memberOf } from "../member.ts";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** POST /membership/7/dues: the dues of the next period into the cart, where they are paid. */
export const payDues: Route<{ Params: z.output<typeof params> }> = {
  method: "POST",
  url: "/membership/:id(^[1-9]\\d{0,14}$)/dues",
  schema: { params },
  async handler(request, reply) {
    const userId = memberOf(request);
    const { services, transaction, publicUrl } = request.server;
    const id = request.params.id as MembershipId;
    const put = await transaction((tx) => services.membership.putDuesIntoCart(tx, { kind: "member", userId }, id));
    if (put.kind === "added" || put.kind === "capped") return reply.redirect(withNotice(publicUrl("cart", "/"), "dues-in-cart"), 303);
    return reply.redirect(withNotice("/membership", "dues-not-had"), 303);
  },
};
