import type { FastifyPluginAsync } from "fastify";
import { digestProducts } from "./digest-products.ts";
import { marketWidget } from "./market-widget.ts";
import { productCard } from "./product-card.ts";
import { recentlySeen } from "./recently-seen.ts";
import { searchResults } from "./search-results.ts";

export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(digestProducts);
  app.ownFragment(productCard);
  app.ownFragment(marketWidget);
  app.ownFragment(recentlySeen);
  app.ownFragment(searchResults);
};
