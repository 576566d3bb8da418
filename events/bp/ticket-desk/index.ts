import type { FastifyPluginAsync } from "fastify";
import { editTicketBox, editTicketType, saveTicketBox, saveTicketType } from "./edit.ts";
import { savePlaces, showTicketDesk } from "./show.ts";

/** Tickets for whoever looks after an entry. */
export const ticketDesk: FastifyPluginAsync = async (app) => {
  app.route(showTicketDesk);
  app.route(savePlaces);
  app.route(editTicketType);
  app.route(saveTicketType);
  app.route(editTicketBox);
  app.route(saveTicketBox);
};
