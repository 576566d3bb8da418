import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { AccountConfig } from "../../config/schema.ts";
import { memberOf } from "./member.ts";

const ASKED = { hits: 5, windowSeconds: 86_400 };
const DAY_MS = 86_400_000;

/** POST /data/exports: an address at which the member gets all of it, good for some days. */
export const askExport = ({ EXPORT_DAYS }: Pick<AccountConfig, "EXPORT_DAYS">): Route => ({
  method: "POST",
  url: "/data/exports",
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction, runtime } = request.server;
    const now = runtime.clock.now();
    const isFine = await transaction(async (tx) => {
      if (!(await services.identity.withinLimit(tx, `export:${userId}`, ASKED, now))) return false;
      await services.personalData.askExport(tx, userId, new Date(now.getTime() + EXPORT_DAYS * DAY_MS));
      return true;
    });
    return reply.redirect(withNotice("/data", isFine ? "export-ready" : "export-enough"), 303);
  },
});
