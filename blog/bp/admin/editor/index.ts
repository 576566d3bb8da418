import type { FastifyPluginAsync } from "fastify";
import { writersOnly } from "../writers-only.ts";
import { convertHtml } from "./convert.ts";
import { listLinks } from "./links.ts";
import { getPageData } from "./page-data.ts";
import { saveText } from "./save-text.ts";

/** What the prose editor asks while somebody writes. */
export const editor: FastifyPluginAsync = async (app) => {
  app.addHook("onRequest", writersOnly);
  app.route(saveText);
  app.route(convertHtml);
  app.route(listLinks);
  app.route(getPageData());
};
