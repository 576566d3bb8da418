import multipart from "@fastify/multipart";
import type { FastifyPluginAsync } from "fastify";
import { MOST_EXPORT_BYTES } from "../../../services/ghost/index.ts";
import { pullDifferences } from "./differences/pull.ts";
import { pushDifferences } from "./differences/push.ts";
import { showDifferences } from "./differences/show.ts";
import { bringExport } from "./imports/bring.ts";
import { showImport } from "./imports/show.ts";
import { startImport } from "./imports/start.ts";
import { stopImport } from "./imports/stop.ts";
import { comparePiece } from "./links/comparison.ts";
import { pullPiece } from "./links/pull.ts";
import { pushPiece } from "./links/push.ts";
import { showLink } from "./links/show.ts";
import { bringGhostMembers } from "./members.ts";
import { bringGhostMenus } from "./menus.ts";
import { showGhost } from "./show.ts";
import { startGhost } from "./start.ts";
import { sweepGhost } from "./sweep.ts";

/** How the site gets on with a Ghost, and files that were exported from one, which need no Ghost to be configured. */
export const ghostAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/ghost",
    name: "Ghost",
    detail: "Bring a blog from Ghost by its exported file, or keep one in step: what was compared, what differs, what fails and why.",
    action: "edit",
  });
  // one byte more than is taken, so that it is refused in our own words
  await app.register(multipart, { limits: { fileSize: MOST_EXPORT_BYTES + 1, files: 2, fields: 5, fieldSize: 4_000 } });
  app.route(showGhost);
  app.route(bringExport);
  for (const route of [showImport, startImport, stopImport]) app.route(route);
  if (app.ghost === null) return;
  for (const route of [startGhost, sweepGhost, bringGhostMembers, bringGhostMenus]) app.route(route);
  for (const route of [showDifferences, pullDifferences, pushDifferences]) app.route(route);
  for (const route of [showLink, comparePiece, pullPiece, pushPiece]) app.route(route);
};
