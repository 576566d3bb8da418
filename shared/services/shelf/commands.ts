import { and, eq, inArray, sql } from "drizzle-orm";
import { someProductFields } from "../../contracts/product-fields.ts";
import type { ProductEdit, ShelfService } from "../../contracts/shelf.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ProductId } from "../../models/ids.ts";
import { categoryParents, productCategories, products } from "../../models/market.ts";
import { productOverrides, productSources } from "../../models/product-history.ts";
import { announceDue } from "./announcements.ts";
import { announceChanges, type Because, type FieldChange, noteChanges } from "./because.ts";
import { columnsOf } from "./fields-of.ts";
import { changePictures } from "./pictures.ts";
import { placeProduct } from "./place.ts";
import { settleProduct } from "./settle.ts";

type Commands = Pick<
  ShelfService,
  "createProduct" | "editProduct" | "changePictures" | "recordSource" | "takeStock" | "setParents" | "refreshStale" | "announceDue"
>;

const STALE_AT_ONCE = 500;

/** What changes the shelf. */
export const commands: Commands = {
  announceDue,
  changePictures,
  async createProduct(tx, { slug, supplierId, fields, stock, categoryIds, pictureId, variant, by }) {
    const { name, packAmount, packUnit, priceMinor, vatClass } = fields;
    const whole = { ...columnsOf(fields), name, packAmount, packUnit, priceMinor, vatClass };
    const place = variant ? { groupId: variant.groupId, variantName: variant.name, isLead: variant.isLead } : {};
    const [made] = await tx
      .insert(products)
      .values({ ...whole, ...place, slug, supplierId, stock, ...(pictureId ? { pictureId } : {}) })
      .onConflictDoNothing({ target: products.slug })
      .returning();
    if (!made) return null;
    if (categoryIds.length > 0)
      await tx.insert(productCategories).values(categoryIds.map((categoryId) => ({ productId: made.id, categoryId })));
    const because = { userId: by, reason: "" };
    await noteChanges(tx, [{ productId: made.id, because, field: "priceMinor", before: null, after: made.priceMinor }]);
    await emitActivity(tx, {
      originApp: "market",
      actorId: by,
      type: "Create",
      object: { type: "Product", id: made.id },
      details: { slug },
    });
    purgeOnCommit(tx, ["shop"]);
    await settleProduct(tx, made.id, because);
    return made.id;
  },

  async editProduct(tx, edit) {
    const columns = { revision: products.revision, slug: products.slug };
    const [held] = await tx.select(columns).from(products).where(eq(products.id, edit.id)).for("no key update");
    if (!held) return { kind: "gone" };
    if (held.revision !== edit.revision) return { kind: "conflict" };
    await overrule(tx, edit);
    if (edit.follow.length > 0) {
      const followed = and(eq(productOverrides.productId, edit.id), inArray(productOverrides.field, [...edit.follow]));
      await tx.delete(productOverrides).where(followed);
    }
    const because = { userId: edit.by, reason: edit.reason };
    const placed = await placeProduct(tx, edit.id, edit.place);
    if (placed.length > 0) await notePlace(tx, { id: edit.id, slug: held.slug }, because, placed);
    const changed = await settleProduct(tx, edit.id, because);
    return { kind: "saved", changed: [...placed.map(({ field }) => field), ...changed] };
  },

  async recordSource(tx, { fields, takenOver, ...record }) {
    const row = { ...record, fields: someProductFields.parse(fields) };
    const [source] = await tx
      .insert(productSources)
      .values(row)
      .onConflictDoUpdate({
        target: [productSources.supplierId, productSources.sku],
        set: row,
        setWhere: sql`${productSources.seenAt} <= excluded.seen_at`,
      })
      .returning({ id: productSources.id });
    const because = takenOver ? { userId: takenOver.by, reason: takenOver.reason } : {};
    return source ? settleProduct(tx, record.productId, { sourceId: source.id, ...because }) : [];
  },

  async takeStock(tx, { id, counted, was, reason, by }) {
    const [held] = await tx
      .select({ stock: products.stock, slug: products.slug })
      .from(products)
      .where(eq(products.id, id))
      .for("no key update");
    if (!held) return "gone";
    if (held.stock === counted) return "counted";
    if (was !== undefined && was !== held.stock) return "moved";
    await setStock(tx, id, counted);
    const because = { userId: by, reason };
    await noteChanges(tx, [{ productId: id, because, field: "stock", before: held.stock, after: counted }]);
    await announceChanges(tx, [{ id, because, fields: [], details: { stockBefore: held.stock, stock: counted } }]);
    purgeOnCommit(tx, ["shop", `product:${held.slug}`]);
    return "counted";
  },

  async setParents(tx, { id, parentIds }) {
    try {
      await tx.transaction(async (inner) => {
        await inner.delete(categoryParents).where(eq(categoryParents.categoryId, id));
        const rows = [...new Set(parentIds)].map((parentId) => ({ categoryId: id, parentId }));
        if (rows.length > 0) await inner.insert(categoryParents).values(rows);
      });
    } catch (error) {
      if (isCircle(error)) return false;
      throw error;
    }
    purgeOnCommit(tx, ["shop"]);
    return true;
  },

  async refreshStale(tx) {
    const { rows } = await tx.execute<{ n: number }>(sql`
      with taken as (
        delete from shelf_stale where product_id in (select product_id from shelf_stale order by product_id limit ${STALE_AT_ONCE} for update skip locked)
        returning product_id
      ), ids as materialized (select array_agg(product_id) as list from taken)
      select cardinality(list)::int as n, refresh_shelf_entries(list) from ids where list is not null`);
    const n = rows[0]?.n ?? 0;
    if (n > 0) purgeOnCommit(tx, ["shop"]);
    return n;
  },
};

async function notePlace(
  tx: Tx,
  { id, slug }: { id: ProductId; slug: string },
  because: Because,
  placed: readonly FieldChange[],
): Promise<void> {
  await tx
    .update(products)
    .set({ revision: sql`${products.revision} + 1`, updatedAt: sql`now()` })
    .where(eq(products.id, id));
  await noteChanges(
    tx,
    placed.map((change) => ({ productId: id, because, ...change })),
  );
  await announceChanges(tx, [{ id, because, fields: placed.map(({ field }) => field) }]);
  purgeOnCommit(tx, ["shop", `product:${slug}`]);
}

async function overrule(tx: Tx, { id, set, by, reason }: ProductEdit): Promise<void> {
  const said = Object.entries(someProductFields.parse(set));
  // drizzle writes a null as SQL's, and "not known" is something that staff say
  const rows = said.map(([field, value]) => ({ productId: id, field, value: sql`${JSON.stringify(value)}::jsonb`, userId: by, reason }));
  if (rows.length === 0) return;
  await tx
    .insert(productOverrides)
    .values(rows)
    .onConflictDoUpdate({
      target: [productOverrides.productId, productOverrides.field],
      set: { value: sql`excluded.value`, userId: sql`excluded.user_id`, reason: sql`excluded.reason`, saidAt: sql`now()` },
    });
}

async function setStock(tx: Tx, id: ProductId, stock: number): Promise<void> {
  await tx.update(products).set({ stock, updatedAt: sql`now()` }).where(eq(products.id, id));
}

/** The trigger's refusal, or that of a shelf which is its own parent. */
function isCircle(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const constraint = cause instanceof Error && "constraint" in cause ? cause.constraint : null;
  return constraint === "category_parents_acyclic" || constraint === "category_parents_not_itself";
}
