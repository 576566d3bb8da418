import type { FastifyPluginAsync } from "fastify";
import { createTag } from "./create.ts";
import { listTags } from "./list.ts";
import { mergeTag } from "./merge.ts";
import { removeTag } from "./remove.ts";
import { saveTag } from "./save.ts";
import { showTag } from "./show.ts";

/** The words by which posts are found, for whoever edits everything. */
export const tagsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/tags",
    name: "Tags",
    detail: "Words to find posts by: name them, gather them under headings, merge two into one.",
    action: "edit",
  });
  app.route(listTags);
  app.route(createTag);
  app.route(showTag);
  app.route(saveTag);
  app.route(mergeTag);
  app.route(removeTag);
};
