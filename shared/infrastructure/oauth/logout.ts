import type { Route } from "../http/index.ts";
import type { SignInParts } from "./parts.ts";

/** GET /auth/logout: asks, for links without scripts. Opening it signs nobody out. */
export const askLogout: Route = {
  method: "GET",
  url: "/auth/logout",
  handler: (_request, reply) => reply.page("auth/logout.html", {}),
};

/**
 * POST /auth/logout: out of every app at once, in one transaction and without the provider's help. The browser gets a
 * fresh device next time: what it did as a member is not handed to the guest after it.
 */
export const logout = (parts: Pick<SignInParts, "name">): Route => ({
  method: "POST",
  url: "/auth/logout",
  async handler(request, reply) {
    const { viewer, server } = request;
    const { session, device, keeper, asked } = server.sessionCookies;
    if (viewer.kind === "member") await server.transaction((tx) => server.services.identity.endSessions(tx, viewer.providerSession));
    for (const { name, options } of [session, device, keeper, asked]) reply.clearCookie(name, options);
    // copies of the member's pages, with the service worker that keeps them; elsewhere it hears of the cookie
    if (parts.name === "account") reply.header("clear-site-data", '"storage"');
    return reply.redirect("/", 303);
  },
});
