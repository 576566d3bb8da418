import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyPluginAsync } from "fastify";
import { accountPage } from "../../sections.ts";
import { linksOf, masked, type TokenParams, tokenParams } from "./token.ts";

/** GET /letters/leave/:token: asks; looking changes nothing, since scanners look. */
const showLeave: Route<{ Params: TokenParams }> = {
  method: "GET",
  url: "/letters/leave/:token",
  schema: { params: tokenParams },
  async handler(request, reply) {
    const { server, params } = request;
    const link = linksOf(server).readLeave(params.token);
    reply.header("cache-control", "private, no-store");
    if (link === null) return accountPage(reply.code(404), "letters/no-link.html", {});
    const own = await server.services.newsletters.findOwn(link.subscriberId);
    const list = own?.lists.find(({ newsletter }) => newsletter.id === link.newsletterId);
    return accountPage(reply, "letters/leave.html", {
      ...{ token: params.token, name: list?.newsletter.name ?? "", email: own ? masked(own.email) : "" },
      isGone: list === undefined || list.state === "unsubscribed",
      preferencesUrl: own ? `/letters/preferences/${linksOf(server).preferences(link.subscriberId)}` : "",
    });
  },
};

/**
 * POST /letters/leave/:token, RFC 8058: mail programs send it from anywhere, without a cookie and without a page of ours. The link is
 * all that counts: who is signed in here does not. It holds at once; again it changes nothing, and what was erased is not there any more.
 */
const leaveByLink: Route<{ Params: TokenParams; Body: unknown }> = {
  method: "POST",
  url: "/letters/leave/:token",
  schema: { params: tokenParams },
  config: { origin: "exempt", requestsPerMinute: 1200, rateLimit: { groupId: "one-click" } }, // one provider may send them for many people
  async handler(request, reply) {
    const { server, params, body } = request;
    const { services, transaction } = server;
    const link = linksOf(server).readLeave(params.token);
    reply.header("cache-control", "private, no-store");
    if (link === null) return accountPage(reply.code(404), "letters/no-link.html", {});
    const isFromPage = typeof body === "object" && body !== null && "from" in body;
    const { subscriberId } = link;
    const decision = { subscriberId, newsletterId: link.newsletterId || null, textVersion: isFromPage ? "link-1" : "one-click-1" };
    await transaction((tx) => services.newsletters.leave(tx, decision));
    if (!isFromPage) return reply.type("text/plain; charset=utf-8").send("You are unsubscribed.\n");
    const own = await services.newsletters.findOwn(subscriberId);
    const list = own?.lists.find(({ newsletter }) => newsletter.id === link.newsletterId);
    const preferencesUrl = own ? `/letters/preferences/${linksOf(server).preferences(subscriberId)}` : "";
    return accountPage(reply, "letters/left.html", { name: list?.newsletter.name ?? "", preferencesUrl });
  },
};

/** Both, with bodies of any kind read: RFC 8058 §3.2 has programs send a form of either kind, and what is in it tells nothing. */
export const oneClick: FastifyPluginAsync = async (app) => {
  app.addContentTypeParser("*", (_request, payload, done) => {
    payload.resume();
    payload.on("end", () => done(null, null));
    payload.on("error", done);
  });
  app.route(showLeave);
  app.route(leaveByLink);
};
