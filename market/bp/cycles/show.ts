import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { goodForOffers } from "../good-for-offers.ts";
import { shelvesOf } from "../shelves.ts";

/** GET /order-cycles: what is open and what comes, with the cases that wait for a few more shares. */
export const showCycles: Route = {
  method: "GET",
  url: "/order-cycles",
  config: { publicPage: ["shop"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const [cycles, shelves] = await Promise.all([services.cycles.listOpenCycles(), services.market.listShelves()]);
    goodForOffers(request, cycles);
    const shown = await Promise.all(
      cycles.map(async ({ begun, products, ...cycle }) => ({
        ...cycle,
        begun: await services.market.listProductCardsById(begun),
        products: await services.market.listProductCardsById(products),
      })),
    );
    return reply.page("cycles/show.html", { cycles: shown, shelves: shelvesOf(shelves, publicUrl("market", "/"), null) });
  },
};
