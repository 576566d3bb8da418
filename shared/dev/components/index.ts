import type { FastifyPluginAsync } from "fastify";
import * as sample from "./sample.ts";

/** GET /dev/components: every component in every state, for whoever builds or changes one. Registered in development only. */
export const components: FastifyPluginAsync = async (app) => {
  app.get("/dev/components", (_request, reply) => reply.page("components/page.html", sample));
};
