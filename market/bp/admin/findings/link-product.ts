import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { WHY_NOT } from "./decide.ts";
import { FINDING_ROUTE, type FindingParams, findingParams } from "./finding-params.ts";

const body = z.object({ product: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** POST /admin/scraping/findings/:id/link: the supplier's number is that of a product which is there. */
export const linkProduct: Route<{ Params: FindingParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${FINDING_ROUTE}/link`,
  schema: { params: findingParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const wish = { id, productId: request.body.product as ProductId, by: adminOf(request).userId };
    const result = await transaction((tx) => services.scrapeReview.linkTo(tx, wish));
    const here = `/admin/scraping/findings/${id}`;
    if (result.kind === "made") return reply.redirect(withNotice(`/admin/products/${result.productId}`, "product-linked"), 303);
    return reply.redirect(withNotice(here, WHY_NOT[result.kind]), 303);
  },
};
