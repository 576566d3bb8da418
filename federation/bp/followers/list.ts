import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { peoplePage } from "../people-page.ts";
import { memberOf } from "../settings/member.ts";

const querystring = z.looseObject({ page: z.coerce.number().int().min(1).max(10_000).default(1) });

/** GET /followers: who waits for the member's yes, and who follows already. */
export const listFollowers: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/followers",
  schema: { querystring },
  async handler(request, reply) {
    const { handle } = memberOf(request);
    const { services, fediverse } = request.server;
    const own = fediverse.actors.ofMember(handle).uri;
    const { page } = request.query;
    const [requests, followers, isLocked] = await Promise.all([
      page === 1 ? services.people.listFollowers(own, "asked", 1) : [],
      services.people.listFollowers(own, "accepted", page),
      services.people.isLocked(own),
    ]);
    const paging = {
      previousUrl: page === 1 ? null : `/followers?page=${page - 1}`,
      nextUrl: followers.length < 100 ? null : `/followers?page=${page + 1}`,
    };
    return peoplePage(reply, "Followers", "followers/list.html", { requests, followers, isLocked, paging });
  },
};
