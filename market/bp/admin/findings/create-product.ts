import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { WHY_NOT } from "./decide.ts";
import { FINDING_ROUTE, type FindingParams, findingParams } from "./finding-params.ts";
import { readProduct, type TypedProduct } from "./new-product.ts";
import { sendFinding } from "./show.ts";

const one = z.string().catch("");
const body = z
  .object({
    shelves: z
      .union([z.array(z.string()), z.string().transform((shelf) => [shelf])])
      .catch([])
      .default([]),
  })
  .catchall(one);

/** POST /admin/scraping/findings/:id/product: something new comes on the shelf. */
export const createProduct: Route<{ Params: FindingParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${FINDING_ROUTE}/product`,
  schema: { params: findingParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const { shelves, ...texts } = request.body;
    const typed: TypedProduct = { texts, shelves };
    const again = (messages: Readonly<Record<string, string>>) =>
      sendFinding(request, reply, { id, words: "", again: { typed, messages } });
    const { categories } = await services.scrapeReview.guessProduct(await services.scrapeReview.getFinding(id));
    const read = readProduct(typed, categories);
    if (read.kind === "wrong") return again(read.messages);
    const { kind: _, ...wanted } = read;
    const result = await transaction((tx) => services.scrapeReview.createFrom(tx, { id, ...wanted, by: adminOf(request).userId }));
    if (result.kind === "slug-taken") return again({ slug: "Another product has this address." });
    if (result.kind === "made") return reply.redirect(withNotice(`/admin/products/${result.productId}`, "product-made"), 303);
    return reply.redirect(withNotice(`/admin/scraping/findings/${id}`, WHY_NOT[result.kind]), 303);
  },
};
