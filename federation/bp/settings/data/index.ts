import multipart from "@fastify/multipart";
import type { FastifyPluginAsync } from "fastify";
import { CSV_LIMITS } from "../../../people/read-csv.ts";
import { sendArchive } from "./archive.ts";
import { exportList } from "./export.ts";
import { bringList, showImport, startImport } from "./imports.ts";
import { showData } from "./show.ts";

/** What a member takes along to other servers, and brings from there. */
export const data: FastifyPluginAsync = async (app) => {
  await app.register(multipart, { limits: { fileSize: CSV_LIMITS.bytes + 1, files: 1, fields: 5, fieldSize: 1000 } });
  app.route(showData);
  app.route(sendArchive);
  app.route(exportList);
  app.route(bringList);
  app.route(showImport);
  app.route(startImport);
};
