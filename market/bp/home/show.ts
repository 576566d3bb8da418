import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { shelvesOf } from "../shelves.ts";

export const showHome: Route = {
  method: "GET",
  url: "/",
  config: { publicPage: ["shop"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const { categories, newest } = await services.market.getShopFront();
    const home = publicUrl("market", "/");
    return reply.page("home/show.html", { categories, newest, shelves: shelvesOf(categories, home, home) });
  },
};
