import { asc, desc, eq, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import { PRODUCT_FIELDS } from "../../contracts/product-fields.ts";
import { fieldView, type ProductForEditing, productChange, type ShelfService } from "../../contracts/shelf.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import type { ProductId } from "../../models/ids.ts";
import { productCategories, productGroups, productPictures, products, suppliers } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { productChanges, productOverrides, productSources } from "../../models/product-history.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { reckonPrice } from "../price-rules/reckon.ts";
import { fieldsOf, type ProductRow } from "./fields-of.ts";
import { readSaid } from "./said.ts";

const MOST_CHANGES = 200;

/** What staff read of the shelf. */
export function makeReads({ db, publicUrl }: ServiceDeps): Pick<ShelfService, "getForEditing" | "listChanges"> {
  return {
    async getForEditing(id) {
      const [found] = await db
        .select({ row: products, supplier: suppliers.name, groupName: productGroups.name })
        .from(products)
        .innerJoin(suppliers, eq(suppliers.id, products.supplierId))
        .leftJoin(productGroups, eq(productGroups.id, products.groupId))
        .where(eq(products.id, id));
      if (!found) throw new CodedError("not-found", "There is no such product.", { id });
      const { row, supplier, groupName } = found;
      const { slug, name, revision, stock, groupId } = row;
      const [said, rule, place] = [await whoSaysWhat(db, id, row.supplierId), await ruleOf(db, row), await placeOf(db, row)];
      const values = fieldsOf(row);
      const fields = PRODUCT_FIELDS.map((field) =>
        fieldView.parse({
          ...{ field, value: values[field], supplier: said.supplier(field, supplier) },
          ...{ rule: field === "priceMinor" ? rule : null, override: said.staff.get(field) ?? null },
        }),
      );
      return {
        ...{ id, slug, name, revision, stock, supplier, sku: said.sku, fields, ...place },
        url: publicUrl("market", `/products/${slug}`),
        pictures: await picturesOf(db, row),
        variant: groupId === null ? null : { groupId, groupName: groupName ?? "", name: row.variantName, isLead: row.isLead },
      };
    },
    async listChanges(id) {
      const rows = await db
        .select({
          at: productChanges.changedAt,
          by: sql<string>`coalesce(${users.name}, ${suppliers.name}, '')`,
          field: productChanges.field,
          before: productChanges.before,
          after: productChanges.after,
          reason: productChanges.reason,
        })
        .from(productChanges)
        .leftJoin(users, eq(users.id, productChanges.userId))
        .leftJoin(productSources, eq(productSources.id, productChanges.sourceId))
        .leftJoin(suppliers, eq(suppliers.id, productSources.supplierId))
        .where(eq(productChanges.productId, id))
        .orderBy(desc(productChanges.id))
        .limit(MOST_CHANGES);
      return rows.map((row) => productChange.parse(row));
    },
  };
}

async function picturesOf(db: Db, { id, pictureId }: ProductRow): Promise<ProductForEditing["pictures"]> {
  const position = sql`case when ${media.id} = ${pictureId}::bigint then -1 else ${productPictures.position} end`;
  const rows = await db
    .select({ id: media.id, row: pictureColumns })
    .from(media)
    .leftJoin(productPictures, sql`${productPictures.mediaId} = ${media.id} and ${productPictures.productId} = ${id}`)
    .where(sql`${media.id} = ${pictureId}::bigint or ${productPictures.productId} is not null`)
    .orderBy(position, asc(media.id));
  return rows.flatMap(({ id: mediaId, row }) => {
    const picture = pictureOf(row);
    return picture === null ? [] : [{ id: mediaId, picture }];
  });
}

/** What a price rule makes of its cost, whatever staff say of the price. */
async function ruleOf(db: Db, row: ProductRow): Promise<{ value: number; words: string } | null> {
  const said = await readSaid(db, [row]);
  const { rule } = said(row.id);
  const reckoned = rule && reckonPrice(row.costMinor, row.vatClass, rule);
  return reckoned && { value: reckoned.priceMinor, words: reckoned.words };
}

async function placeOf(db: Db, { id, groupId }: ProductRow): Promise<Pick<ProductForEditing, "categoryIds" | "packs">> {
  const shelves = await db
    .select({ id: productCategories.categoryId })
    .from(productCategories)
    .where(eq(productCategories.productId, id))
    .orderBy(asc(productCategories.categoryId));
  const packs =
    groupId === null
      ? []
      : await db
          .select({ id: products.id, name: sql<string>`coalesce(nullif(${products.variantName}, ''), ${products.name})` })
          .from(products)
          .where(sql`${products.groupId} = ${groupId} and ${products.id} <> ${id}`)
          .orderBy(asc(products.priceMinor), asc(products.id));
  return { categoryIds: shelves.map((shelf) => shelf.id), packs };
}

async function whoSaysWhat(db: Db, id: ProductId, supplierId: number) {
  const [[source], overrides] = await Promise.all([
    db
      .select({ sku: productSources.sku, fields: productSources.fields, seenAt: productSources.seenAt })
      .from(productSources)
      .where(sql`${productSources.productId} = ${id} and ${productSources.supplierId} = ${supplierId}`)
      .orderBy(desc(productSources.seenAt), desc(productSources.id))
      .limit(1),
    db
      .select({
        field: productOverrides.field,
        value: productOverrides.value,
        by: sql<string>`coalesce(${users.name}, '')`,
        saidAt: productOverrides.saidAt,
        reason: productOverrides.reason,
      })
      .from(productOverrides)
      .leftJoin(users, eq(users.id, productOverrides.userId))
      .where(eq(productOverrides.productId, id)),
  ]);
  return {
    sku: source?.sku ?? "",
    staff: new Map<string, object>(overrides.map(({ field, ...override }) => [field, override])),
    supplier: (field: string, name: string) =>
      source && Object.hasOwn(source.fields, field) ? { value: source.fields[field], name, seenAt: source.seenAt } : null,
  };
}
