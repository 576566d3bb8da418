import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { accountPage } from "../../sections.ts";
import { memberOf } from "../member.ts";
import { type Asked, asked, askedWords, whyOf } from "./rights-of.ts";

/** GET /membership/why?kind=can&name=edit&scope=blog: why the member may do this, down to who said what. */
export const showWhy: Route<{ Querystring: Asked }> = {
  method: "GET",
  url: "/membership/why",
  schema: { querystring: asked },
  async handler(request, reply) {
    const userId = memberOf(request);
    const proof = await whyOf(request.server.services, { viewer: userId, userId }, request.query);
    const words = askedWords(request.query);
    return accountPage(reply.header("cache-control", "no-store"), "membership/why.html", { proof, words });
  },
};
