import { defineFragment, type OwnedFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { payablePart, sellersOf } from "../checkout/payable.ts";
import { ownerOf } from "./owner-of.ts";

/** The way from the reader's cart to where it is paid; to the cart itself where nothing of it can be paid here. Nothing for an empty cart. */
export const checkoutButton = (app: Pick<FastifyInstance, "paymentFlow">): OwnedFragment =>
  defineFragment({
    type: "checkout-button",
    params: z.object({}),
    async render({ services, subject }) {
      const cart = await services.cart.getCart(ownerOf(subject));
      return { template: "fragments/checkout-button.html", context: { cart, payable: payablePart(cart, await sellersOf(app, cart)) } };
    },
  });
