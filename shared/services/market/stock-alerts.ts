import { and, asc, eq, sql } from "drizzle-orm";
import type { MarketService } from "../../contracts/market.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { userEmails, users } from "../../models/identity.ts";
import { products } from "../../models/market.ts";
import { stockAlerts } from "../../models/stock-alerts.ts";

type StockAlerts = Pick<MarketService, "isAwaitedBy" | "awaitStock" | "stopAwaiting" | "listAwaiting">;

/** Who is to be told when there is more of a product. */
export function makeStockAlerts({ db, publicUrl }: ServiceDeps): StockAlerts {
  return {
    isAwaitedBy: async (id, userId) =>
      (await db.$count(stockAlerts, and(eq(stockAlerts.productId, id), eq(stockAlerts.userId, userId)))) > 0,
    async awaitStock(tx, productId, userId) {
      await tx.insert(stockAlerts).values({ productId, userId }).onConflictDoNothing();
    },
    async stopAwaiting(tx, productId, userId) {
      await tx.delete(stockAlerts).where(and(eq(stockAlerts.productId, productId), eq(stockAlerts.userId, userId)));
    },
    async listAwaiting(productId) {
      const rows = await db
        .select({ userId: stockAlerts.userId, name: users.name, email: userEmails.email, product: products.name, slug: products.slug })
        .from(stockAlerts)
        .innerJoin(products, and(eq(products.id, stockAlerts.productId), sql`${products.forSale} > 0`))
        .innerJoin(users, eq(users.id, stockAlerts.userId))
        .innerJoin(userEmails, and(eq(userEmails.userId, users.id), sql`${userEmails.isPrimary}`))
        .where(eq(stockAlerts.productId, productId))
        .orderBy(asc(stockAlerts.askedAt), asc(stockAlerts.userId));
      return rows.map(({ slug, ...row }) => ({ ...row, url: publicUrl("market", `/products/${slug}`) }));
    },
  };
}
