import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { memberOf } from "../member.ts";

const LIST = "/settings/sign-ins";
const params = z.object({ id: z.string().max(100) });

/** POST /settings/sign-ins/:id/end: signs out of one of them, this one included, in every app. */
export const endSignIn: Route<{ Params: z.output<typeof params> }> = {
  method: "POST",
  url: "/settings/sign-ins/:id/end",
  schema: { params },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.identity.endSignIn(tx, userId, request.params.id));
    return reply.redirect(withNotice(LIST, "signed-out-there"), 303);
  },
};

/** POST /settings/sign-ins/others/end: all but this one. */
export const endOthers: Route = {
  method: "POST",
  url: "/settings/sign-ins/others/end",
  async handler(request, reply) {
    const { userId, providerSession } = memberOf(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.identity.endOtherSignIns(tx, userId, providerSession));
    return reply.redirect(withNotice(LIST, "signed-out-there"), 303);
  },
};

/** GET: who reloads a refused answer comes back to the list. */
export const reloadEndSignIn: Route = {
  method: "GET",
  url: "/settings/sign-ins/:id/end",
  handler: (_request, reply) => reply.redirect(LIST, 303),
};

export const reloadEndOthers: Route = {
  method: "GET",
  url: "/settings/sign-ins/others/end",
  handler: (_request, reply) => reply.redirect(LIST, 303),
};
