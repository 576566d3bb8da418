import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { placeLine } from "../places/place-line.ts";
import { seenWant } from "../seen/seen-want.ts";
import { shelvesOf } from "../shelves.ts";
import { goodUntilOf } from "./kept-front.ts";

export const showHome: Route = {
  method: "GET",
  url: "/",
  config: { publicPage: ["shop", "places"] },
  async handler(request, reply) {
    const { publicUrl } = request.server;
    const front = await request.server.findFront();
    request.goodUntil = Math.min(request.goodUntil, goodUntilOf(front));
    const { categories, newest, places } = front;
    const home = publicUrl("market", "/");
    const [cycle = null] = front.cycles;
    const context = { cycle, categories, newest, places: places.map(placeLine), shelves: shelvesOf(categories, home, home) };
    return reply.page("home/show.html", context, seenWant(request.viewer, {}));
  },
};
