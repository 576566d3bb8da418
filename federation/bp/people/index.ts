import type { FastifyPluginAsync } from "fastify";
import { showCard } from "./card.ts";
import { searchPeople } from "./search.ts";
import { showPerson } from "./show.ts";

/** People here and elsewhere: their profiles, and how they are found. */
export const people: FastifyPluginAsync = async (app) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "private, no-store"));
  app.route(searchPeople);
  app.route(showPerson);
  app.route(showCard);
};
