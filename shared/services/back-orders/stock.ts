import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ProductId, UserId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { announceChanges, noteChanges } from "../shelf/because.ts";

/** Puts pieces onto the shelf, or takes them off where `pieces` is below nought; the product's row is locked already. */
export async function putOnShelf(tx: Tx, product: { productId: ProductId; slug: string }, pieces: number, by: UserId): Promise<void> {
  if (pieces === 0) return;
  const [row] = await tx
    .update(products)
    .set({ stock: sql`${products.stock} + ${pieces}::int`, updatedAt: sql`now()` })
    .where(eq(products.id, product.productId))
    .returning({ stock: products.stock });
  if (!row) return;
  const because = { userId: by, reason: pieces > 0 ? "Left over from an order cycle" : "Set aside for an order cycle" };
  const [before, after] = [row.stock - pieces, row.stock];
  const { productId } = product;
  await noteChanges(tx, [{ productId, because, field: "stock", before, after }]);
  await announceChanges(tx, [{ id: productId, because, fields: [], details: { stockBefore: before, stock: after } }]);
  purgeOnCommit(tx, ["shop", `product:${product.slug}`]);
}
