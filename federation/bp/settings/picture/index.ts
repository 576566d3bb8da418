import multipart from "@fastify/multipart";
import { MEDIA_LIMITS } from "@rose-ash/shared/contracts/media.ts";
import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

/** GET /settings/picture: the picture of a member, here since pictures are cut here. */
const showPicture: Route = {
  method: "GET",
  url: "/settings/picture",
  handler: (request, reply) => picturePage(request, reply, ""),
};

/** POST /settings/picture: it goes into the library, and stands wherever the member is shown; followers' servers are told. */
const savePicture: Route = {
  method: "POST",
  url: "/settings/picture",
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { mediaIntake, services, transaction, publicUrl } = request.server;
    const file = request.isMultipart() ? await request.file() : undefined;
    if (file === undefined || file.filename === "") return picturePage(request, reply.code(422), "Please choose a picture.");
    const taken = await mediaIntake.take(file.file, file.filename);
    file.file.resume(); // what is left of it
    if (taken.kind === "refused") return picturePage(request, reply.code(422), taken.message);
    if (!taken.file.contentType.startsWith("image/"))
      return picturePage(request, reply.code(422), "Only a picture can stand for you: JPEG, PNG, WebP, AVIF or GIF.");
    await transaction(async (tx) => {
      await services.members.setPicture(tx, userId, await services.media.addFile(tx, taken.file, userId));
      await emitActivity(tx, profileUpdate(request));
    });
    return reply.redirect(withNotice(publicUrl("account", "/profile"), "picture-saved"), 303);
  },
};

/** POST /settings/picture/remove: the first letter of the name stands for the member again. */
const removePicture: Route = {
  method: "POST",
  url: "/settings/picture/remove",
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction, publicUrl } = request.server;
    await transaction(async (tx) => {
      await services.members.setPicture(tx, userId, null);
      await emitActivity(tx, profileUpdate(request));
    });
    return reply.redirect(withNotice(publicUrl("account", "/profile"), "picture-removed"), 303);
  },
};

function profileUpdate(request: FastifyRequest) {
  const { userId, handle } = memberOf(request);
  const object = { type: "Profile", id: request.server.fediverse.actors.ofMember(handle).uri };
  return { originApp: "federation", actorId: userId, type: "Update", object } as const;
}

async function picturePage(request: FastifyRequest, reply: FastifyReply, message: string): Promise<FastifyReply> {
  const { name, picture } = await request.server.services.members.getProfile(memberOf(request).userId);
  return settingsPage(reply, "Profile", "picture/show.html", { name, picture, message });
}

/** A member's picture. */
export const ownPicture: FastifyPluginAsync = async (app) => {
  await app.register(multipart, { limits: { fileSize: MEDIA_LIMITS.pictureBytes + 1, files: 1, fields: 4 } });
  app.route(showPicture);
  app.route(savePicture);
  app.route(removePicture);
};
