import type { FastifyPluginAsync } from "fastify";
import { answerEntry, answerTime } from "./answer.ts";

/** Saying that one comes to what needs no ticket. */
export const attendance: FastifyPluginAsync = async (app) => {
  app.route(answerEntry);
  app.route(answerTime);
};
