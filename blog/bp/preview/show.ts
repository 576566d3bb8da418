import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { withPictures } from "../text-pictures.ts";

const params = z.object({ secret: z.string() });

/** GET /preview/:secret: a text before it is public, to whoever has the link. Nobody keeps it, lists it or learns where one came from. */
export const showPreview: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/preview/:secret(^[\\w-]{20,100}$)",
  schema: { params },
  async handler(request, reply) {
    const { writing, media } = request.server.services;
    const page = await writing.getPreview(request.params.secret);
    reply.headers({ "cache-control": "no-store", "x-robots-tag": "noindex, nofollow", "referrer-policy": "no-referrer" });
    return reply.page("preview/show.html", { ...page, html: await withPictures(media, page.html) });
  },
};
