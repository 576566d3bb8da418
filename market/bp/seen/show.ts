import { lookerOf, MOST_SEEN, SEEN_DAYS } from "@rose-ash/shared/contracts/seen.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { shelvesOf } from "../shelves.ts";

/** GET /recently-seen: all that is remembered of what the reader looked at. */
export const showSeen: Route = {
  method: "GET",
  url: "/recently-seen",
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const looker = lookerOf(request.viewer);
    const [products, shelves] = await Promise.all([
      looker === null ? [] : services.seen.listSeen(looker, MOST_SEEN),
      services.market.listShelves(),
    ]);
    reply.header("x-robots-tag", "noindex");
    return reply.page("seen/show.html", { products, days: SEEN_DAYS, shelves: shelvesOf(shelves, publicUrl("market", "/"), null) });
  },
};
