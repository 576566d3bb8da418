import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { dropInvitation, keepInvitation } from "@rose-ash/shared/infrastructure/sessions/index.ts";
import { z } from "zod";

const params = z.object({ token: z.string().max(100) });
type Params = z.output<typeof params>;

/** GET /join: how one becomes a member here, as it is now. */
export const showWays: Route = {
  method: "GET",
  url: "/join",
  handler: (request, reply) => reply.page("join/ways.html", { joining: request.server.runtime.site.joining }),
};

/** GET /join/<token>: what an invitation is for. Following the link uses nothing up. */
export const showInvitation: Route<{ Params: Params }> = {
  method: "GET",
  url: "/join/:token",
  schema: { params },
  async handler(request, reply) {
    const { token } = request.params;
    const { viewer, server } = request;
    const opened = await server.services.joining.openInvitation(token, viewer.kind === "member" ? viewer.userId : null);
    if (opened.kind === "used") {
      dropInvitation(reply, server.runtime.config);
      return reply.redirect(withNotice("/membership", "invitation-used"), 303);
    }
    reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
    if (opened.kind === "void") return reply.code(410).page("join/void.html", {});
    return reply.page("join/show.html", { invitation: opened, action: `/join/${token}`, trouble: "" });
  },
};

/** POST /join/<token>: a member uses it; a guest takes it along to the sign-in, and is back here as a member. */
export const useInvitation: Route<{ Params: Params }> = {
  method: "POST",
  url: "/join/:token",
  schema: { params },
  async handler(request, reply) {
    const { token } = request.params;
    const { viewer, server } = request;
    const { services, transaction, runtime } = server;
    reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
    if (viewer.kind === "guest") {
      const opened = await services.joining.openInvitation(token, null);
      if (opened.kind === "void") return reply.code(410).page("join/void.html", {});
      keepInvitation(reply, runtime.config, token);
      return reply.redirect(`/auth/login?next=/join/${token}`, 303);
    }
    const accepted = await transaction((tx) => services.joining.accept(tx, token, viewer.userId));
    if (accepted.kind === "void") return reply.code(410).page("join/void.html", {});
    if (accepted.kind === "other-address") {
      const invitation = await services.joining.openInvitation(token, null);
      return reply.code(403).page("join/show.html", { invitation, action: `/join/${token}`, trouble: OTHER_ADDRESS });
    }
    dropInvitation(reply, runtime.config);
    return reply.redirect(withNotice("/membership", accepted.kind === "already" ? "invitation-used-before" : "invitation-used"), 303);
  },
};

const OTHER_ADDRESS = "This invitation is for another mail address than yours. Sign out, and come back with that one.";
