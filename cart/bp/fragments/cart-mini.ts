import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";
import { ownerOf } from "./owner-of.ts";

/** The cart's badge in the header of every page. */
export const cartMini = defineFragment({
  type: "cart-mini",
  params: z.object({}),
  async render({ services, subject }) {
    return { template: "fragments/cart-mini.html", context: { cart: await services.cart.getSummary(ownerOf(subject)) } };
  },
});
