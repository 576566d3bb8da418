import type { PictureChange } from "@rose-ash/shared/contracts/shelf.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { MediaId, ProductId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type ProductParams, productParams } from "./show.ts";

const PICTURES = "/admin/products/:id(^[1-9]\\d{0,14}$)/pictures";
const mediaId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const onePicture = productParams.extend({ picture: mediaId });
type OnePicture = z.output<typeof onePicture>;
const chosen = z.object({ pictureId: mediaId.optional().catch(undefined) });
const where = z.object({ direction: z.enum(["up", "down"]) });

/** POST /admin/products/:id/pictures: one more picture, behind those that are there. */
export const addPicture: Route<{ Params: ProductParams; Body: z.output<typeof chosen> }> = {
  method: "POST",
  url: PICTURES,
  schema: { params: productParams, body: chosen },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { pictureId } = request.body;
    if (pictureId === undefined) return reply.redirect(withNotice(pathOf(request.params.id), "nothing-chosen"), 303);
    return change(request, reply, { id: request.params.id as ProductId, mediaId: pictureId as MediaId, kind: "add" });
  },
};

/** POST …/pictures/:picture/removal: it stays in the library. */
export const removePicture: Route<{ Params: OnePicture }> = {
  method: "POST",
  url: `${PICTURES}/:picture(^[1-9]\\d{0,14}$)/removal`,
  schema: { params: onePicture },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => change(request, reply, { ...named(request.params), kind: "remove" }),
};

/** POST …/pictures/:picture/position: one place further up or down; the first one stands in lists. */
export const movePicture: Route<{ Params: OnePicture; Body: z.output<typeof where> }> = {
  method: "POST",
  url: `${PICTURES}/:picture(^[1-9]\\d{0,14}$)/position`,
  schema: { params: onePicture, body: where },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => change(request, reply, { ...named(request.params), kind: request.body.direction }),
};

function named({ id, picture }: OnePicture) {
  return { id: id as ProductId, mediaId: picture as MediaId };
}

async function change(request: FastifyRequest, reply: FastifyReply, wish: Omit<PictureChange, "by">): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const result = await transaction((tx) => services.shelf.changePictures(tx, { ...wish, by: adminOf(request).userId }));
  const notice = { changed: "saved", gone: "not-there-now", full: "pictures-full" } as const;
  return reply.redirect(`${withNotice(pathOf(wish.id), notice[result])}#pictures`, 303);
}

function pathOf(id: number): string {
  return `/admin/products/${id}`;
}
