import type { FastifyPluginAsync } from "fastify";
import { createDiscount, newDiscount, saveDiscount, showDiscount } from "./edit.ts";
import { grantDiscount, takeGrantBack } from "./grants.ts";
import { listDiscounts } from "./list.ts";

/** Discounts behind the counter: what is taken off what, for whom, with which reason. */
export const discountsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/discounts",
    name: "Discounts",
    detail: "Less to pay, with the reason: for a shelf, a product, a group, by code, or granted to one person.",
    action: "operate",
  });
  app.route(listDiscounts);
  app.route(newDiscount);
  app.route(createDiscount);
  app.route(showDiscount);
  app.route(saveDiscount);
  app.route(grantDiscount);
  app.route(takeGrantBack);
};
