import multipart from "@fastify/multipart";
import type { FastifyPluginAsync } from "fastify";
import { choosePictures } from "../entry-form/pictures.ts";
import { FORM_LIMITS } from "../entry-form/read-form.ts";
import { propose, showPropose } from "./propose.ts";

/** Proposing what is on. */
export const proposing: FastifyPluginAsync = async (app) => {
  await app.register(multipart, { limits: FORM_LIMITS });
  app.route(showPropose);
  app.route(propose);
  app.route(choosePictures);
};
