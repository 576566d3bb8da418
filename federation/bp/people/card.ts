import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { getProfile, type NameRequest, nameParams, standingOf } from "./show.ts";

/** GET /@ada/card: what stands over a name that somebody points at; never asks another host. */
export const showCard: Route<NameRequest> = {
  method: "GET",
  url: "/@:name/card",
  schema: { params: nameParams },
  async handler(request, reply) {
    const profile = await getProfile(request, request.params.name);
    const between = await standingOf(request, profile);
    const html = await request.server.templating.render("people/card.html", { profile, between });
    return reply.type("text/html; charset=utf-8").header("cache-control", "private, max-age=60").send(html);
  },
};
