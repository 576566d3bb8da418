import multipart from "@fastify/multipart";
import type { FastifyPluginAsync } from "fastify";
import { TABLE_LIMITS } from "../../../services/csv/index.ts";
import { draftList } from "./draft.ts";
import { exportList } from "./export.ts";
import { nameColumns } from "./name-columns.ts";
import { receiveList } from "./receive.ts";
import { showLists } from "./show.ts";

/** Lists of products that come in and go out, as CSV. */
export const listsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/lists",
    name: "Lists",
    detail: "Products as CSV: take them out, bring them back, bring a supplier’s, see first what would change.",
    action: "edit",
  });
  // one byte more than is taken, so that it is we who refuse, in our own words
  await app.register(multipart, { limits: { fileSize: TABLE_LIMITS.bytes + 1, files: 1, fields: 5, fieldSize: 1_000 } });
  app.route(showLists);
  app.route(receiveList);
  app.route(exportList);
  app.route(nameColumns);
  app.route(draftList);
};
