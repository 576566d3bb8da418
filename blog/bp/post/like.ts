import { type Liker, likerOf } from "@rose-ash/shared/contracts/likes.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

const params = z.object({ slug: z.string() });
const body = z.object({ isLiked: z.enum(["yes", "no"]) });

/** POST /posts/:slug/like: whether the viewer likes the post from now on. Sent twice it changes nothing. */
export const likePost: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/posts/:slug(^[a-z0-9-]{1,200}$)/like",
  schema: { params, body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = await services.blog.getPost(request.params.slug, request.viewer);
    const liker = likerFor(request, reply);
    await transaction(async (tx) => {
      if (liker.kind === "device") await services.identity.keepDevice(tx, liker.deviceId);
      const what = { kind: "post", id } as const;
      return request.body.isLiked === "yes" ? services.likes.like(tx, what, liker) : services.likes.unlike(tx, what, liker);
    });
    return reply.redirect(`/posts/${request.params.slug}#like`, 303);
  },
};

/** A browser without a device gets one. */
function likerFor(request: FastifyRequest, reply: FastifyReply): Liker {
  return likerOf(request.viewer) ?? { kind: "device", deviceId: request.ensureDevice(reply) };
}
