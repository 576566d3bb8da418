import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { checkLogoutRequest, logoutParams } from "./logout-request.ts";
import { findProviderSession } from "./provider-session.ts";

const body = logoutParams.extend({ decision: z.enum(["sign-out", "stay"]) });

/** GET: somebody who reloads a refused answer is asked again. */
export const reloadConfirm: Route = {
  method: "GET",
  url: "/oauth/logout/confirm",
  handler: (_request, reply) => reply.redirect("/oauth/logout", 303),
};

/** POST /oauth/logout/confirm: out of every app at once, as the button in the menu does; or only back to where they came from. */
export const confirmSignOut: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/oauth/logout/confirm",
  schema: { body },
  async handler(request, reply) {
    const { returnTo } = await checkLogoutRequest(request.server, request.body);
    if (request.body.decision === "stay") return reply.redirect(returnTo ?? "/", 303);
    const { services, transaction, sessionCookies } = request.server;
    const session = await findProviderSession(request, reply);
    if (session !== null) await transaction((tx) => services.identity.endSessions(tx, session));
    const { session: own, device, keeper, asked } = sessionCookies;
    for (const { name, options } of [own, device, keeper, asked]) reply.clearCookie(name, options);
    return reply.redirect(returnTo ?? "/oauth/logout/done", 303);
  },
};

export const showSignedOut: Route = {
  method: "GET",
  url: "/oauth/logout/done",
  handler: (_request, reply) => reply.page("sign-out/done.html", {}),
};
