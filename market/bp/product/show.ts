import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import { likerOf } from "@rose-ash/shared/contracts/likes.ts";
import type { ProductPage } from "@rose-ash/shared/contracts/market.ts";
import { commentsOf } from "@rose-ash/shared/infrastructure/blueprints/comments/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { goodForOffers } from "../good-for-offers.ts";
import { seenWant } from "../seen/seen-want.ts";
import { shelvesOf } from "../shelves.ts";
import { cartWants } from "./cart-wants.ts";
import { listInstead } from "./instead.ts";
import { noteView } from "./note-view.ts";
import type { Reasons } from "./reasons.ts";
import { structuredData } from "./structured-data.ts";
import { allergenLines, nutritionRows, stockWords } from "./words.ts";

const params = z.object({ slug: z.string() });

export const showProduct: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/products/:slug(^[a-z0-9-]{1,200}$)",
  schema: { params },
  config: { publicPage: ["shop", "comments:/products/:slug"], document: "Product" },
  async handler(request, reply) {
    const { services, publicUrl, runtime } = request.server;
    const [page, categories] = await Promise.all([services.market.getProduct(request.params.slug), services.market.listShelves()]);
    const shelf = page.categories[0];
    const { why, ...around } = await readAround(request, page);
    const { offer, instead } = around;
    goodForOffers(request, [offer, ...page.alsoOnShelf.map(({ order }) => order)]);
    const productPath = `/products/${request.params.slug}`;
    const { discussion, commentWants } = await commentsOf(request, { type: "Product", id: page.id }, productPath);
    const wants = {
      ...commentWants,
      ...cartWants(request.viewer),
      ...seenWant(request.viewer, { except: request.params.slug, next: productPath }),
    };
    const labels = [...new Set([...page.product.labels, ...why.labels.keys()])];
    const context = {
      ...page,
      ...around,
      productPath,
      discussion,
      alsoOnShelf: page.alsoOnShelf.filter(({ slug }) => !instead.some((other) => other.slug === slug)),
      stockWords: stockWords(page.stock, offer),
      areAllergensStated: page.allergens !== null,
      allergenLines: allergenLines(page.allergens, why.allergens),
      labels,
      labelLines: labels.map((label) => ({ name: label, why: why.labels.get(label) ?? "" })),
      nutritionRows: nutritionRows(page.nutrition),
      structured: structuredData(page, runtime.site.name, publicUrl),
      shelves: shelvesOf(categories, publicUrl("market", "/"), shelf?.url ?? null),
      trail: [{ name: "The shop", url: "/" }, ...(shelf ? [shelf] : []), { name: page.product.name }],
    };
    return reply.page("product/show.html", context, wants);
  },
  onResponse: noteView,
};

/** What belongs to whoever looks, how it can be ordered, what can take its place, and why its allergens and labels hold. */
async function readAround(request: FastifyRequest, { id, product }: ProductPage) {
  const { viewer, server } = request;
  const { services } = server;
  const isLiked = await services.likes.isLikedBy({ kind: "product", id }, likerOf(viewer));
  const warnings = viewer.kind === "member" ? ((await services.members.listFoodWarnings(viewer.userId, [id])).get(id) ?? []) : [];
  const isAwaited = viewer.kind === "member" && !product.isAvailable && (await services.market.isAwaitedBy(id, viewer.userId));
  const [offer, notFor] = await Promise.all([
    services.cycles.findOffer(id),
    product.soldTo === null ? null : services.cart.whyNotFor(cartOwnerOf(viewer), id),
  ]);
  const [instead, why] = await Promise.all([
    product.isAvailable ? [] : quietly(request, () => listInstead(services, id), []),
    quietly(request, () => server.reasonsOf(id), { allergens: NO_REASONS, labels: NO_REASONS }),
  ]);
  return { isLiked, isAwaited, warnings, offer, notFor, instead, why };
}

const NO_REASONS: Reasons = new Map();

/** A page without this is still a page. */
async function quietly<Value>(request: FastifyRequest, ask: () => Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await ask();
  } catch (err) {
    request.log.warn({ err }, "the relations of a product could not be asked");
    return otherwise;
  }
}
