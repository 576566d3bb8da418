import type { FastifyPluginAsync } from "fastify";
import { renewAddress, revokeAddress } from "./address.ts";
import { decideEntry } from "./decide.ts";
import { showDesk } from "./show.ts";

/** A member's own entries and address, and what waits for them to decide. */
export const desk: FastifyPluginAsync = async (app) => {
  app.route(showDesk);
  app.route(decideEntry);
  app.route(renewAddress);
  app.route(revokeAddress);
};
