import { someProductFields } from "@rose-ash/shared/contracts/product-fields.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { productChanges, productSources } from "@rose-ash/shared/models/product-history.ts";
import type { SeedProduct } from "../content/kinds.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";

/** Of every seventh product the price was another one before, by these parts of it. */
const EVERY = 7;
const EARLIER = [
  { daysAgo: 260, part: 0.88 },
  { daysAgo: 96, part: 0.94 },
] as const;

/** What suppliers say of the products that were just made, under numbers of their own, and what some of them have cost before. */
export async function writeSources(
  { tx, now }: SeedContext,
  { made, products, suppliers }: { made: Ids<ProductId>; products: readonly SeedProduct[]; suppliers: Ids<number> },
): Promise<void> {
  const rows = products.map((product) => ({
    productId: idOf(made, product.slug),
    supplierId: idOf(suppliers, product.supplier),
    sku: product.slug.toUpperCase().slice(0, 40),
    fields: fieldsOf(product),
    seenAt: daysBefore(now, 2),
  }));
  const sources = await tx
    .insert(productSources)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: productSources.id, key: productSources.sku });
  const ids = idsOf(sources);
  const changes = products
    .filter((_, at) => at % EVERY === 0)
    .flatMap((product) => {
      const prices = [...EARLIER.map(({ part }) => Math.round((product.priceMinor * part) / 5) * 5), product.priceMinor];
      const days = [...EARLIER.map(({ daysAgo }) => daysAgo), 21];
      return prices.map((after, at) => ({
        ...{ productId: idOf(made, product.slug), sourceId: ids.get(product.slug.toUpperCase().slice(0, 40)) ?? null, field: "priceMinor" },
        ...{ before: prices[at - 1] ?? null, after, changedAt: daysBefore(now, days[at] ?? 0) },
      }));
    });
  if (changes.length > 0) await tx.insert(productChanges).values(changes);
}

function fieldsOf({ allergens, labels, recipe, variant: _v, slug: _s, supplier: _r, stock: _n, ...product }: SeedProduct) {
  const said = {
    ...product,
    allergens: allergens === "unknown" ? null : allergens,
    labels,
    ...(recipe ? { recipe, isRecipeWhole: true } : {}),
  };
  return someProductFields.parse(said);
}
