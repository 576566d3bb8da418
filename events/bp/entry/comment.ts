import { commentRoute } from "@rose-ash/shared/infrastructure/blueprints/comments/index.ts";

/** POST /entries/:slug/comments. */
export const commentOnEntry = commentRoute("entries", async ({ server }, slug) => {
  const { id, entry } = await server.services.events.getEntry(slug, null);
  return { type: "CalendarEntry", id, title: entry.title };
});
