import type { FastifyPluginAsync } from "fastify";
import { addTickets } from "./add-tickets.ts";

/** Tickets into the cart, on every host: the ticket box of an entry may stand on any page. */
export const cartTickets: FastifyPluginAsync = async (app) => {
  app.route(addTickets);
};
