import type { FastifyPluginAsync } from "fastify";
import { chooseColourScheme } from "./colour-scheme.ts";

/** What a visitor prefers, kept in the browser and honoured by all six hosts. */
export const preferences: FastifyPluginAsync = async (app) => {
  for (const route of [chooseColourScheme]) app.route(route);
};
