import multipart from "@fastify/multipart";
import { MEDIA_LIMITS } from "@rose-ash/shared/contracts/media.ts";
import type { FastifyPluginAsync } from "fastify";
import { isWriter } from "../reach.ts";
import { describeMedia } from "./describe.ts";
import { listMedia } from "./list.ts";
import { pickMedia } from "./picker.ts";
import { removeMedia } from "./remove.ts";
import { showMedia } from "./show.ts";
import { uploadMedia } from "./upload.ts";

/** The media library: what editors bring, what is said of it, where it is used. */
export const mediaAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/media",
    name: "Media",
    detail: "Pictures and files: bring them, say what they show, see where they are used.",
    action: "edit",
    isOpenTo: isWriter,
  });
  // one byte more than is taken, so that it is the intake that refuses, in its own words
  await app.register(multipart, { limits: { fileSize: MEDIA_LIMITS.fileBytes + 1, files: 20, fields: 10, fieldSize: 4_000 } });
  app.route(listMedia);
  app.route(pickMedia);
  app.route(showMedia);
  app.route(uploadMedia);
  app.route(describeMedia);
  app.route(removeMedia);
};
