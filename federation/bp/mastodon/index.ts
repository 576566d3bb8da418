import multipart from "@fastify/multipart";
import { MEDIA_LIMITS } from "@rose-ash/shared/contracts/media.ts";
import type { FastifyPluginAsync } from "fastify";
import { checkAccess } from "./access.ts";
import { openToPages } from "./cors.ts";
import { ClientError, sendClientError } from "./errors.ts";
import { missingPictures } from "./missing-pictures.ts";
import { oauth } from "./oauth/index.ts";
import { ROUTES } from "./routes.ts";

/**
 * Mastodon's client API, as far as it fits: apps for phones read and write by it what members do on the pages, by the same services and
 * under the same rules. docs.joinmastodon.org has the names and the shapes.
 */
export const mastodon: FastifyPluginAsync = async (app) => {
  await app.register(oauth);
  await app.register(async (pictures) => {
    openToPages(pictures);
    for (const route of missingPictures) pictures.route(route);
  });
  await app.register(async (api) => {
    openToPages(api, ["/api/*"]);
    api.setErrorHandler(sendClientError);
    api.addHook("onRequest", checkAccess);
    api.addHook("onSend", async ({ server }, reply) => {
      // how Mastodon writes it: when, where the field writes in how many seconds
      const seconds = Number(reply.getHeader("x-ratelimit-reset"));
      if (Number.isFinite(seconds))
        reply.header("x-ratelimit-reset", new Date(server.runtime.clock.now().getTime() + seconds * 1000).toISOString());
      if (reply.getHeader("cache-control") === undefined) reply.header("cache-control", "private, no-store");
      reply.header("vary", "authorization");
    });
    await api.register(multipart, { limits: { fileSize: MEDIA_LIMITS.pictureBytes + 1, files: 2 } });
    for (const route of ROUTES) api.route(route as Parameters<typeof api.route>[0]); // each was checked against its own schema
    api.route({
      method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
      url: "/api/*",
      config: { origin: "exempt" },
      handler: () => {
        throw new ClientError(404, "There is nothing at this address");
      },
    });
  });
};
