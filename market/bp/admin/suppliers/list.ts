import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { listShown, runsOf } from "./suppliers-shown.ts";

/** GET /admin/suppliers: whose pages are read, when they were last and will be next, and what waits. */
export const listSuppliers: Route = {
  method: "GET",
  url: "/admin/suppliers",
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { server } = request;
    const { read, others } = await listShown(server);
    const now = server.runtime.clock.now();
    return reply.page("admin/suppliers/list.html", {
      ...{ menu: menuOf(request), faults: server.scrapedSuppliers.faults, others },
      suppliers: read.map((one) => ({ ...one, ...runsOf(one, now), isByHand: one.config !== null && one.config.schedule === undefined })),
    });
  },
};
