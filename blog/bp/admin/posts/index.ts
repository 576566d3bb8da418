import type { FastifyPluginAsync } from "fastify";
import { routePieces } from "../pieces/routes.ts";
import { isWriter } from "../reach.ts";
import { createPost } from "./create.ts";
import { postDesk } from "./desk.ts";
import { listPosts } from "./list.ts";
import { schedulePost } from "./schedule.ts";

/** Posts, for whoever edits them: everything by office, one's own, or what lies below a page one was appointed to. */
export const postsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/posts",
    name: "Posts",
    detail: "Write, schedule and publish; who changed what, and back to any version.",
    action: "edit",
    isOpenTo: isWriter,
  });
  app.route(listPosts);
  app.route(createPost);
  app.route(schedulePost);
  routePieces(app, postDesk);
};
