import multipart from "@fastify/multipart";
import type { FastifyPluginAsync } from "fastify";
import { FORM_LIMITS } from "../entry-form/read-form.ts";
import { cancelEntry, reinstateEntry } from "./cancel.ts";
import { commentOnEntry } from "./comment.ts";
import { editEntry, editTime, saveEntry, saveTime } from "./edit.ts";
import { showEntry, showTime } from "./show.ts";

/** What people come to. */
export const entry: FastifyPluginAsync = async (app) => {
  await app.register(multipart, { limits: FORM_LIMITS });
  app.route(showEntry);
  app.route(showTime);
  app.route(commentOnEntry);
  app.route(editEntry);
  app.route(saveEntry);
  app.route(editTime);
  app.route(saveTime);
  app.route(cancelEntry);
  app.route(reinstateEntry);
};
