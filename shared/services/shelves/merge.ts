import { eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { CategoryId, UserId } from "../../models/ids.ts";
import { categories, categoryAddresses } from "../../models/market.ts";
import { priceRules } from "../../models/price-rules.ts";
import { notingShelves } from "./note-shelves.ts";
import { holdShelf, namesBelow } from "./tree.ts";

interface Merge {
  id: CategoryId;
  into: CategoryId;
  by: UserId;
}

/** Puts one shelf together with another: products, parts, price rules, what market places sell and addresses go there. Its words and its own wholes don't. */
export async function mergeShelf(tx: Tx, audit: AuditService, { id, into, by }: Merge): Promise<"merged" | "circle" | "gone"> {
  const [first, second] = id < into ? [id, into] : [into, id]; // two merges at once hold them in one order
  const [one, other] = [await holdShelf(tx, first), await holdShelf(tx, second)];
  const [from, to] = id < into ? [one, other] : [other, one];
  if (!from || !to || id === into) return "gone";
  if ((await namesBelow(tx, id, [into])).length > 0) return "circle";
  await notingShelves(tx, { ids: [id], by, reason: `“${from.name}” was put together with “${to.name}”` }, async () => {
    await tx.execute(sql`insert into product_categories (product_id, category_id)
      select product_id, ${into}::bigint from product_categories where category_id = ${id} on conflict do nothing`);
    await tx.execute(sql`insert into category_parents (category_id, parent_id)
      select category_id, ${into}::bigint from category_parents where parent_id = ${id} and category_id <> ${into} on conflict do nothing`);
    await tx.execute(sql`insert into market_place_rules (place_id, category_id, label, supplier_id)
      select place_id, ${into}::bigint, label, supplier_id from market_place_rules where category_id = ${id} on conflict do nothing`);
    await tx.update(priceRules).set({ categoryId: into }).where(eq(priceRules.categoryId, id));
    await tx.update(categoryAddresses).set({ categoryId: into }).where(eq(categoryAddresses.categoryId, id));
    await tx.delete(categories).where(eq(categories.id, id));
  });
  await tx.insert(categoryAddresses).values({ slug: from.slug, categoryId: into }).onConflictDoNothing();
  await audit.record(tx, {
    ...{ app: "market", by, action: "merge shelf", subject: `category:${id}`, reason: "" },
    ...{ before: { name: from.name, slug: from.slug }, after: { into, name: to.name } },
  });
  purgeOnCommit(tx, ["shop"]);
  return "merged";
}
