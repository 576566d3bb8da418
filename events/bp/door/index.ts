import type { FastifyPluginAsync } from "fastify";
import { downloadGuests } from "./guests-csv.ts";
import { checkIn, doorWorker, showDoor, showDoorList } from "./show.ts";

/** Where tickets are looked at. */
export const door: FastifyPluginAsync = async (app) => {
  app.route(showDoor);
  app.route(showDoorList);
  app.route(doorWorker);
  app.route(downloadGuests);
  app.route(checkIn);
};
