import plugin from "fastify-plugin";
import { auditAdmin } from "./audit/index.ts";
import { overview } from "./overview.ts";
import { relationsAdmin } from "./relations/index.ts";
import type { AdminSection } from "./sections.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** What lies under /admin in this service; whoever registers pages there adds theirs. */
    adminSections: AdminSection[];
  }
}

/** Gives an app its pages under /admin, and the list of them. */
export const admin = plugin(async (app) => {
  app.decorate("adminSections", []);
  app.decorateRequest("admin", null);
  app.route(overview);
  await app.register(relationsAdmin);
  await app.register(auditAdmin);
});
