import plugin from "fastify-plugin";
import { openFediverse } from "./parts.ts";
import { actorRoutes } from "./routes/actors.ts";
import { collectionRoutes } from "./routes/collections.ts";
import { discoveryRoutes } from "./routes/discovery.ts";
import { receiving } from "./routes/receive.ts";
import { saidRoutes, sendDocumentOfPage } from "./routes/said.ts";

/** How often other servers may ask from one address: they come in bursts when something was said. */
const READS_PER_MINUTE = 3000;

/** ActivityPub of one service: its actor, how it is found, its inbox and what it said. The six have it alike; members live on federation. */
export const activitypub = plugin(async (app) => {
  app.decorate("fediverse", openFediverse(app));
  app.addHook("preHandler", async (request, reply) => {
    if (request.routeOptions.config.document !== undefined && (await sendDocumentOfPage(request, reply))) return reply;
  });
  await app.register(async (own) => {
    own.addHook("onRoute", (route) => {
      route.config = { requestsPerMinute: READS_PER_MINUTE, ...route.config };
    });
    await own.register(actorRoutes);
    await own.register(collectionRoutes);
    await own.register(saidRoutes);
    await own.register(discoveryRoutes);
  });
  const inboxes = app.appName === "federation" ? ["/ap/inbox", "/ap/members/:handle/inbox"] : ["/ap/inbox"];
  await app.register(receiving, { inboxes });
});
