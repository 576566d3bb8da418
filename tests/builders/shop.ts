import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { CategoryId, ProductId } from "../../shared/models/ids.ts";
import { categories, productCategories, products, suppliers } from "../../shared/models/market.ts";

/** A supplier in a valid whole. */
export async function aSupplier(db: NodePgDatabase, supplier: Partial<typeof suppliers.$inferInsert> = {}): Promise<number> {
  const whole = { slug: "old-dairy", name: "The Old Dairy", description: "Forty cows.", place: "Wharfedale", ...supplier };
  const rows = db
    .insert(suppliers)
    .values(whole)
    .onConflictDoUpdate({ target: suppliers.slug, set: { name: whole.name } });
  return only(await rows.returning({ id: suppliers.id })).id;
}

/** An empty shelf. */
export async function aShelf(db: NodePgDatabase, shelf: Partial<typeof categories.$inferInsert> & { slug: string }): Promise<CategoryId> {
  const whole = { name: `Shelf of ${shelf.slug}`, position: 1, ...shelf };
  return only(await db.insert(categories).values(whole).returning({ id: categories.id })).id;
}

/** A product in stock, on the shelves named; its supplier is made when none is given. */
export async function aProduct(
  db: NodePgDatabase,
  product: Partial<typeof products.$inferInsert> & { slug: string },
  shelves: readonly CategoryId[] = [],
): Promise<ProductId> {
  const supplierId = product.supplierId ?? (await aSupplier(db));
  const whole = { name: product.slug, packAmount: 500, packUnit: "g" as const, priceMinor: 250, vatClass: "zero" as const, stock: 10 };
  const rows = db.insert(products).values({ ...whole, ...product, supplierId });
  const { id } = only(await rows.returning({ id: products.id }));
  if (shelves.length > 0) await db.insert(productCategories).values(shelves.map((categoryId) => ({ productId: id, categoryId })));
  return id;
}

function only<T>([row]: T[]): T {
  if (!row) throw new Error("the row was not made");
  return row;
}
