import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";

const params = z.object({ slug: z.string() });

/** GET /entries/:slug: when, where, by whom, and the places left. */
export const showEntry: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/entries/:slug",
  schema: { params },
  config: { publicPage: ["calendar"] },
  async handler(request, reply) {
    const { services, runtime, publicUrl } = request.server;
    const page = await services.events.getEntry(request.params.slug);
    const { endsAt, calendar, title, url } = page.entry;
    return reply.page("entry/show.html", {
      ...page,
      // the end is exclusive: what ends at midnight, and every all-day entry, has its last moment on the day before
      lastAt: new Date(endsAt.getTime() - 1),
      isOver: endsAt <= runtime.clock.now(),
      trail: [{ name: "Calendar", url: publicUrl("events", "/") }, calendar, { name: title, url }],
    });
  },
};
