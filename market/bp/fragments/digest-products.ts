import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** More is nobody's letter, but a list. */
const MOST = 6;

/** The newest on the shelf, in stock. Plain paragraphs, lists and links: it goes into a letter. */
export const digestProducts = defineFragment({
  type: "digest-products",
  params: z.object({ since: z.iso.datetime().transform((at) => new Date(at)) }),
  async render({ services }) {
    const { newest } = await services.market.getShopFront();
    return {
      template: "fragments/digest-products.html",
      context: { products: newest.filter(({ soldTo }) => soldTo === null).slice(0, MOST) },
    };
  },
});
