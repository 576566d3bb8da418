import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { containments } from "../../shared/models/blog.ts";
import type { MerchantId, PageId, ProductId } from "../../shared/models/ids.ts";
import { merchantPages, merchants } from "../../shared/models/merchants.ts";
import { marketPlacePicks, marketPlaceRules } from "../../shared/models/places.ts";
import { aPlace } from "./places.ts";
import { aPage } from "./publication.ts";

/** A merchant with a page of its own, whose market place sells these products, and what fits these rules. */
export async function aMerchantOfPage(
  db: NodePgDatabase,
  { slug, position = 1, ...merchant }: Partial<typeof merchants.$inferInsert> & { slug: string; code: string; position?: number },
  sells: { products?: readonly ProductId[]; rules?: readonly Omit<typeof marketPlaceRules.$inferInsert, "placeId">[] },
): Promise<{ merchantId: MerchantId; pageId: PageId }> {
  const [made] = await db
    .insert(merchants)
    .values({ name: `Merchant ${merchant.code}`, ...merchant })
    .returning({ id: merchants.id });
  if (made === undefined) throw new Error("the merchant was not made");
  const pageId = await aPage(db, { path: slug });
  const placeId = await aPlace(db, { slug, position });
  await db.insert(containments).values({ pageId, marketPlaceId: placeId, position: 1 });
  await db.insert(merchantPages).values({ pageId, merchantId: made.id });
  for (const [at, productId] of (sells.products ?? []).entries())
    await db.insert(marketPlacePicks).values({ placeId, productId, position: at });
  for (const rule of sells.rules ?? []) await db.insert(marketPlaceRules).values({ ...rule, placeId });
  return { merchantId: made.id, pageId };
}
