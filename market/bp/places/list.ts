import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { shelvesOf } from "../shelves.ts";
import { goodFor, placeLine } from "./place-line.ts";

/** GET /places: all market places, and which of them are open. */
export const listPlaces: Route = {
  method: "GET",
  url: "/places",
  config: { publicPage: ["shop", "places"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const [places, shelves] = await Promise.all([services.places.listPlaces(), services.market.listShelves()]);
    goodFor(request, places);
    return reply.page("places/list.html", {
      places: places.map(placeLine),
      shelves: shelvesOf(shelves, publicUrl("market", "/"), null),
    });
  },
};
