import type { FastifyPluginAsync } from "fastify";
import { receiveWebhook } from "./receive.ts";

/** What SumUp tells us. Nothing of it is believed: it is a hint to look. */
export const sumUpWebhook: FastifyPluginAsync = async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.route(receiveWebhook);
};
