import { asc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { ShelfNode, ShelvesService } from "../../contracts/shelves.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { categories, categoryAddresses } from "../../models/market.ts";
import { mergeShelf } from "./merge.ts";
import { moveShelf } from "./move.ts";
import { findRemoval, removeShelf } from "./remove.ts";
import { saveShelf } from "./save.ts";

/** The shelves of the shop behind the counter, over PostgreSQL. */
export function makeShelvesService({ db, publicUrl }: ServiceDeps, { audit }: { audit: AuditService }): ShelvesService {
  const urlOf = (slug: string) => publicUrl("market", `/categories/${slug}`);
  return {
    async listAll() {
      const rows = await db
        .select({
          id: categories.id,
          slug: categories.slug,
          name: categories.name,
          description: categories.description,
          wholes: sql<
            (string | number)[]
          >`array(select parent_id from category_parents where category_id = ${categories.id} order by parent_id)`,
          productCount: sql<number>`(select count(*)::int from product_categories where category_id = ${categories.id})`,
        })
        .from(categories)
        .orderBy(asc(categories.position), asc(categories.id));
      return rows.map((row) => ({ ...row, url: urlOf(row.slug), wholes: row.wholes.map(Number) as unknown as ShelfNode["wholes"] }));
    },
    save: (tx, id, fields, by) => saveShelf(tx, audit, { id, fields, by }),
    move: (tx, id, to, by) => moveShelf(tx, audit, { id, ...to, by }),
    findRemoval: (id) => findRemoval(db, id),
    merge: (tx, id, into, by) => mergeShelf(tx, audit, { id, into, by }),
    remove: (tx, id, agreed) => removeShelf(tx, audit, { id, ...agreed }),
    async findMoved(slug) {
      const [found] = await db
        .select({ slug: categories.slug })
        .from(categoryAddresses)
        .innerJoin(categories, eq(categories.id, categoryAddresses.categoryId))
        .where(eq(categoryAddresses.slug, slug));
      return found ? urlOf(found.slug) : null;
    },
  };
}
