import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { AccountConfig } from "../../config/schema.ts";
import { accountPage } from "../../sections.ts";
import { wordsOf } from "./affairs.ts";
import { memberOf } from "./member.ts";

/** GET /data: what there is to take along, and whether and when it is forgotten. */
export const showData = ({ EXPORT_DAYS, ERASURE_DAYS }: Pick<AccountConfig, "EXPORT_DAYS" | "ERASURE_DAYS">): Route => ({
  method: "GET",
  url: "/data",
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, runtime, transaction, publicUrl } = request.server;
    const [exports, erasure] = await Promise.all([services.personalData.listExports(userId), services.erasures.findOpen(userId)]);
    const isLate = erasure !== null && erasure.waitsFor.length > 0;
    const affairs = isLate ? await transaction((tx) => services.erasures.listAffairs(tx, userId)) : [];
    reply.header("cache-control", "private, no-store");
    return accountPage(reply, "data/show.html", {
      exports: exports.map((one) => ({ ...one, url: `/data/exports/${one.id}.zip` })),
      erasure,
      waits: wordsOf(affairs, publicUrl).filter(({ weight }) => weight !== "told"),
      days: { export: EXPORT_DAYS, erasure: ERASURE_DAYS },
      zone: runtime.site.timeZone,
    });
  },
});
