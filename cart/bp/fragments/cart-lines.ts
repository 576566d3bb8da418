import type { CartView } from "@rose-ash/shared/contracts/cart.ts";
import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";
import { ownerOf } from "./owner-of.ts";

const params = z.object({ limit: z.coerce.number().int().min(1).max(20).default(5) });

/** What is in the reader's cart, as many lines as asked for and how many more; nothing where it is empty. The page gives the heading. */
export const cartLines = defineFragment({
  type: "cart-lines",
  params,
  async render({ services, subject, params: { limit } }) {
    const cart = await services.cart.getCart(ownerOf(subject));
    const all = linesOf(cart);
    const lines = all.slice(0, limit);
    const isOneCurrency = new Set(all.map(({ currency }) => currency)).size === 1;
    return { template: "fragments/cart-lines.html", context: { cart, lines, more: all.length - lines.length, isOneCurrency } };
  },
});

/** From the shop and from others, alike. */
function linesOf({ lines, others }: CartView) {
  return [
    ...lines.map(({ product, quantity, totalMinor }) => ({
      ...{ name: product.name, url: product.url, quantity, totalMinor },
      currency: product.currency,
    })),
    ...others.map(({ title, url, quantity, totalMinor, currency }) => ({ name: title, url, quantity, totalMinor, currency })),
  ];
}
