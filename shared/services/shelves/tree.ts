import { asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { CategoryId } from "../../models/ids.ts";
import { categories, categoryParents } from "../../models/market.ts";

/**
 * Names of those shelves among `chosen` that are the shelf itself or lie below it. It says to a person what the database refuses by
 * itself (the trigger of category_parents): read from the rows, as what the relations keep whole comes a moment later.
 */
export async function namesBelow(tx: Tx, id: CategoryId, chosen: readonly CategoryId[]): Promise<readonly string[]> {
  const links = await tx.select({ part: categoryParents.categoryId, whole: categoryParents.parentId }).from(categoryParents);
  const parts = Map.groupBy(links, ({ whole }) => whole);
  const below = new Set<CategoryId>([id]);
  for (const one of below) for (const { part } of parts.get(one) ?? []) below.add(part);
  const bad = chosen.filter((one) => below.has(one));
  if (bad.length === 0) return [];
  const rows = await tx
    .select({ name: categories.name })
    .from(categories)
    .where(inArray(categories.id, bad))
    .orderBy(asc(categories.position), asc(categories.id));
  return rows.map(({ name }) => name);
}

/** Whether there is such a shelf; it is held until the transaction ends. */
export async function holdShelf(tx: Tx, id: CategoryId): Promise<{ slug: string; name: string } | null> {
  const columns = { slug: categories.slug, name: categories.name };
  const [row] = await tx.select(columns).from(categories).where(eq(categories.id, id)).for("update");
  return row ?? null;
}
