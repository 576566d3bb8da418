import type { FastifyPluginAsync } from "fastify";
import { showAttachment } from "./attachment.ts";
import { showFace } from "./face.ts";

/** Pictures of other hosts, by copies of ours: whoever reads here asks nobody else for anything. */
export const pictures: FastifyPluginAsync = async (app) => {
  app.route(showAttachment);
  app.route(showFace);
};
