import type { ProductCard } from "@rose-ash/shared/contracts/market.ts";
import type { RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";

const SUBSTITUTE: RelationHandle<{ product: ProductId; instead: ProductId }> = {
  relation: "market.substitute",
  columns: { product: "product", instead: "product" },
};
const MOST_SHOWN = 4;

/** What can take a product's place: in stock, of its kind, with its diets' labels, and without an allergen that it has not. */
export async function listInstead(services: Services, product: ProductId): Promise<readonly ProductCard[]> {
  const rows = await services.relations.list(SUBSTITUTE, { product });
  return services.market.listProductCardsById(rows.slice(0, MOST_SHOWN).map(({ instead }) => instead));
}
