import type { FastifyPluginAsync } from "fastify";
import { editComment, saveComment } from "./edit.ts";
import { listComments } from "./list.ts";
import { removeComment } from "./remove.ts";

/** Comments on pages of their own: all that stand under one thing, and a member's own to change. */
export const comments: FastifyPluginAsync = async (app) => {
  app.route(listComments);
  for (const route of [editComment, removeComment]) app.route(route);
  app.route(saveComment);
};
