import type { FastifyPluginAsync } from "fastify";
import { resyncPiece } from "./resync.ts";
import { showGhost } from "./show.ts";
import { startGhost } from "./start.ts";
import { sweepGhost } from "./sweep.ts";

/** How the site gets on with a Ghost; nothing of it is there where none is configured. */
export const ghostAdmin: FastifyPluginAsync = async (app) => {
  if (app.ghost === null) return;
  app.adminSections.push({
    path: "/admin/ghost",
    name: "Ghost",
    detail: "The Ghost that this site is kept in step with: what was compared, what differs, what fails and why.",
    action: "edit",
  });
  app.route(showGhost);
  app.route(startGhost);
  app.route(sweepGhost);
  app.route(resyncPiece);
};
