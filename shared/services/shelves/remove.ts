import { eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { SellingPlace, ShelfRemoval } from "../../contracts/shelves.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { CategoryId, MarketPlaceId, UserId } from "../../models/ids.ts";
import { categories } from "../../models/market.ts";
import { priceRules } from "../../models/price-rules.ts";
import { notingShelves } from "./note-shelves.ts";
import { holdShelf } from "./tree.ts";

/** What would come of taking a shelf away. */
export async function findRemoval(db: Db, id: CategoryId): Promise<ShelfRemoval> {
  const { rows } = await db.execute<{ products: number; only_here: number; parts: string[]; rules: number }>(sql`
    select count(*)::int as products,
      (count(*) filter (where not exists (select from product_categories other where other.product_id = here.product_id and other.category_id <> ${id})))::int as only_here,
      array(select name from categories join category_parents link on link.category_id = categories.id where link.parent_id = ${id}
        and not exists (select from category_parents other where other.category_id = categories.id and other.parent_id <> ${id}) order by position, id) as parts,
      (select count(*)::int from price_rules where category_id = ${id}) as rules
    from product_categories here where category_id = ${id}`);
  const row = rows[0];
  const { products = 0, only_here: onlyHere = 0, parts = [], rules: priceRules = 0 } = row ?? {};
  return { products, onlyHere, parts, priceRules, places: await listPlaces(db, id) };
}

/** The places whose rules name it, in their order. */
async function listPlaces(db: Pick<Db, "execute">, id: CategoryId): Promise<readonly SellingPlace[]> {
  const { rows } = await db.execute<{ id: string; name: string; is_all: boolean }>(sql`
    select id, name, not exists (select from market_place_picks where place_id = place.id)
      and not exists (select from market_place_rules other where other.place_id = place.id and other.category_id is distinct from ${id}) as is_all
    from market_places place where exists (select from market_place_rules rule where rule.place_id = place.id and rule.category_id = ${id})
    order by position, id`);
  return rows.map((row) => ({ id: Number(row.id) as MarketPlaceId, name: row.name, isAll: row.is_all }));
}

/** Takes a shelf away; what stood on it stays in the shop, and what was a part of it stays a shelf. */
export async function removeShelf(
  tx: Tx,
  audit: AuditService,
  { id, places, by }: { id: CategoryId; places: readonly MarketPlaceId[]; by: UserId },
): Promise<"removed" | "priced" | "sold" | "gone"> {
  const shelf = await holdShelf(tx, id);
  if (!shelf) return "gone";
  if ((await tx.$count(priceRules, eq(priceRules.categoryId, id))) > 0) return "priced";
  const selling = await listPlaces(tx, id);
  if (selling.some((place) => !places.includes(place.id))) return "sold";
  const reason = `“${shelf.name}” was taken away`;
  await notingShelves(tx, { ids: [id], by, reason }, async () => void (await tx.delete(categories).where(eq(categories.id, id))));
  await audit.record(tx, {
    ...{ app: "market", by, action: "remove shelf", subject: `category:${id}`, reason: "" },
    ...{ before: { name: shelf.name, slug: shelf.slug, places: selling.map(({ name }) => name).join(", ") }, after: null },
  });
  purgeOnCommit(tx, ["shop", "places"]);
  return "removed";
}
