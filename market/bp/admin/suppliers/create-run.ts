import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { type SupplierParams, supplierParams } from "./show.ts";

/** POST /admin/suppliers/:slug/runs: asks for a run; whichever process has a hand free does it. */
export const createRun: Route<{ Params: SupplierParams }> = {
  method: "POST",
  url: "/admin/suppliers/:slug/runs",
  schema: { params: supplierParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction, scrapedSuppliers } = request.server;
    const config = scrapedSuppliers.suppliers.find(({ supplier }) => supplier === request.params.slug);
    if (!config) throw nothingHere();
    const { kind, runId } = await transaction(async (tx) => {
      const supplierId = await services.crawling.supplierIdOf(tx, { slug: config.supplier, name: config.name });
      return services.scraping.askRun(tx, { supplierId, by: adminOf(request).userId });
    });
    return reply.redirect(withNotice(`/admin/scraping/runs/${runId}`, kind === "asked" ? "run-asked" : "run-under-way"), 303);
  },
};
