import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { accountPage } from "../../sections.ts";
import { memberOf } from "../member.ts";
import { rightsOf } from "./rights-of.ts";
import { DOOR_WORDS } from "./words.ts";

/** GET /membership: the groups of a member, what they pay there, their roles, and what they may. */
export const showMembership: Route = {
  method: "GET",
  url: "/membership",
  async handler(request, reply) {
    const userId = memberOf(request);
    const { services } = request.server;
    const [own, toJoin, toAgree, rights] = await Promise.all([
      services.membership.listOwn(userId),
      services.membership.listToJoin(userId),
      services.site.listToAgree(userId),
      rightsOf(services, userId),
    ]);
    const doors = toJoin.map((group) => ({ ...group, doorWords: DOOR_WORDS[group.door] }));
    return accountPage(reply.header("cache-control", "no-store"), "membership/show.html", { own, toJoin: doors, toAgree, ...rights });
  },
};
