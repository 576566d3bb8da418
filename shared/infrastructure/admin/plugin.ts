import plugin from "fastify-plugin";
import type { Action } from "../../contracts/relations.ts";
import { auditAdmin } from "./audit/index.ts";
import { overview } from "./overview.ts";
import { relationsAdmin } from "./relations/index.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** What lies under /admin in this service; whoever registers pages there adds theirs. */
    adminSections: AdminSection[];
  }
}

/** One entry of the menu under /admin, shown to those who may do `action`. */
interface AdminSection {
  path: `/admin/${string}`;
  name: string;
  /** What one finds there, in a line. */
  detail: string;
  action: Action;
}

/** Gives an app its pages under /admin, and the list of them. */
export const admin = plugin(async (app) => {
  app.decorate("adminSections", []);
  app.decorateRequest("admin", null);
  app.route(overview);
  await app.register(relationsAdmin);
  await app.register(auditAdmin);
});
