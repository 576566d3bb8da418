import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { accountPage } from "../../sections.ts";
import { linksOf, masked, type TokenParams, tokenParams } from "./token.ts";

/** GET /letters/confirm/:token: asks whether it is them. Mail scanners follow links: nothing is confirmed by looking. */
export const showConfirm: Route<{ Params: TokenParams }> = {
  method: "GET",
  url: "/letters/confirm/:token",
  schema: { params: tokenParams },
  async handler(request, reply) {
    const { server, params } = request;
    const consentId = linksOf(server).readConfirm(params.token);
    const asked = consentId === null ? null : await server.services.newsletters.findAsked(consentId);
    reply.header("cache-control", "private, no-store");
    if (asked === null) return accountPage(reply.code(410), "letters/over.html", {});
    const preferencesUrl = `/letters/preferences/${linksOf(server).preferences(asked.subscriberId)}`;
    return accountPage(reply, "letters/confirm.html", { ...asked, email: masked(asked.email), token: params.token, preferencesUrl });
  },
};

/** POST /letters/confirm/:token: yes. Twice says the same. */
export const confirmLists: Route<{ Params: TokenParams }> = {
  method: "POST",
  url: "/letters/confirm/:token",
  schema: { params: tokenParams },
  async handler(request, reply) {
    const { services, transaction, runtime } = request.server;
    const consentId = linksOf(request.server).readConfirm(request.params.token);
    const now = runtime.clock.now();
    const result = consentId === null ? null : await transaction((tx) => services.newsletters.confirm(tx, consentId, now));
    if (result?.kind !== "confirmed") return accountPage(reply.code(410), "letters/over.html", {});
    return accountPage(reply, "letters/confirmed.html", { lists: result.lists });
  },
};
