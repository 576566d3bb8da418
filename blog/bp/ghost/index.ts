import type { FastifyPluginAsync } from "fastify";
import { receiveWebhook } from "./receive.ts";

/** What a Ghost tells us. The signature is over the bytes of the body: nobody reads them before it does. */
export const ghostWebhooks: FastifyPluginAsync = async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.route(receiveWebhook);
};
