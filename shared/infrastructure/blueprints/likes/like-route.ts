import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Likeable, type Liker, likerOf } from "../../../contracts/likes.ts";
import type { Route } from "../../http/index.ts";

const params = z.object({ slug: z.string() });
const body = z.object({ isLiked: z.enum(["yes", "no"]) });

/**
 * POST /<folder>/:slug/like: whether the viewer likes it from now on. Sent twice it changes nothing. find: what stands at the slug
 * for this viewer; it throws not-found.
 */
export function likeRoute(
  folder: "posts" | "products",
  find: (request: FastifyRequest, slug: string) => Promise<Likeable>,
): Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> {
  return {
    method: "POST",
    url: `/${folder}/:slug(^[a-z0-9-]{1,200}$)/like`,
    schema: { params, body },
    async handler(request, reply) {
      const { services, transaction } = request.server;
      const what = await find(request, request.params.slug);
      const liker = likerFor(request, reply);
      await transaction(async (tx) => {
        if (liker.kind === "device") await services.identity.keepDevice(tx, liker.deviceId);
        return request.body.isLiked === "yes" ? services.likes.like(tx, what, liker) : services.likes.unlike(tx, what, liker);
      });
      return reply.redirect(`/${folder}/${request.params.slug}#like`, 303);
    },
  };
}

/** A browser without a device gets one. */
function likerFor(request: FastifyRequest, reply: FastifyReply): Liker {
  return likerOf(request.viewer) ?? { kind: "device", deviceId: request.ensureDevice(reply) };
}
