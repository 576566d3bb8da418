import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";

const params = z.object({ secret: z.string() });

/** GET /preview/:secret: a text before it is public, to whoever has the link. Nobody keeps it, lists it or learns where one came from. */
export const showPreview: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/preview/:secret(^[\\w-]{20,100}$)",
  schema: { params },
  async handler(request, reply) {
    const page = await request.server.services.writing.getPreview(request.params.secret);
    reply.headers({ "cache-control": "no-store", "x-robots-tag": "noindex, nofollow", "referrer-policy": "no-referrer" });
    return reply.page("preview/show.html", page);
  },
};
