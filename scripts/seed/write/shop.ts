import type { CategoryId, ProductGroupId, ProductId } from "@rose-ash/shared/models/ids.ts";
import {
  categories,
  categoryParents,
  productCategories,
  productGroups,
  productPictures,
  products,
  suppliers,
} from "@rose-ash/shared/models/market.ts";
import { inArray } from "drizzle-orm";
import { GALLERIES } from "../content/galleries.ts";
import type { SeedProduct } from "../content/kinds.ts";
import { daysOnShelf, PRODUCTS, SHELVES } from "../content/products/index.ts";
import { SUPPLIERS } from "../content/suppliers.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";
import { writeSources } from "./sources.ts";

/** Makes the suppliers, shelves and products that are not there. added: slugs of the products this made. */
export async function writeShop(context: SeedContext): Promise<{ products: Ids<ProductId>; added: ReadonlySet<string> }> {
  const columns = { key: products.slug, id: products.id };
  const slugs = PRODUCTS.map((product) => product.slug);
  const known = idsOf(await context.tx.select(columns).from(products).where(inArray(products.slug, slugs)));
  const missing = PRODUCTS.filter((product) => !known.has(product.slug));
  if (missing.length === 0) return { products: known, added: new Set() };
  const supplierIds = await writeSuppliers(context);
  const groupIds = await writeGroups(context);
  const rows = missing.map((product) => toRow(product, context, { supplierIds, groupIds }));
  const made = idsOf(await context.tx.insert(products).values(rows).returning(columns));
  await shelve(context, made);
  await hangPictures(context, made);
  await writeSources(context, { made, products: missing, suppliers: supplierIds });
  return { products: new Map([...known, ...made]), added: new Set(made.keys()) };
}

async function hangPictures({ tx, pictures }: SeedContext, made: Ids<ProductId>): Promise<void> {
  const rows = Object.entries(GALLERIES).flatMap(([slug, names]) =>
    made.has(slug) ? names.map((name, position) => ({ productId: idOf(made, slug), mediaId: idOf(pictures, name), position })) : [],
  );
  if (rows.length > 0) await tx.insert(productPictures).values(rows);
}

async function writeSuppliers({ tx }: SeedContext): Promise<Ids<number>> {
  await tx
    .insert(suppliers)
    .values([...SUPPLIERS])
    .onConflictDoNothing();
  const slugs = SUPPLIERS.map((supplier) => supplier.slug);
  return idsOf(await tx.select({ key: suppliers.slug, id: suppliers.id }).from(suppliers).where(inArray(suppliers.slug, slugs)));
}

async function writeGroups({ tx }: SeedContext): Promise<Ids<ProductGroupId>> {
  const groups = PRODUCTS.flatMap(({ variant }) => (variant ? [{ slug: variant.group, name: variant.groupName }] : []));
  await tx.insert(productGroups).values(groups).onConflictDoNothing();
  return idsOf(await tx.select({ key: productGroups.slug, id: productGroups.id }).from(productGroups));
}

async function shelve({ tx }: SeedContext, made: Ids<ProductId>): Promise<void> {
  const shelves = SHELVES.map(({ category: { slug, name, description } }, position) => ({ slug, name, description, position }));
  await tx.insert(categories).values(shelves).onConflictDoNothing();
  const slugs = shelves.map((shelf) => shelf.slug);
  const columns = { key: categories.slug, id: categories.id };
  const ids: Ids<CategoryId> = idsOf(await tx.select(columns).from(categories).where(inArray(categories.slug, slugs)));
  const places = SHELVES.flatMap(({ category, products: onShelf }) =>
    onShelf
      .filter((product) => made.has(product.slug))
      .map((product) => ({ productId: idOf(made, product.slug), categoryId: idOf(ids, category.slug) })),
  );
  await tx.insert(productCategories).values(places).onConflictDoNothing();
  const parts = SHELVES.flatMap(({ category: { slug, parts = [] } }) =>
    parts.map((part) => ({ categoryId: idOf(ids, part), parentId: idOf(ids, slug) })),
  );
  await tx.insert(categoryParents).values(parts).onConflictDoNothing();
}

function toRow(
  product: SeedProduct,
  { now, pictures }: SeedContext,
  { supplierIds, groupIds }: { supplierIds: Ids<number>; groupIds: Ids<ProductGroupId> },
): typeof products.$inferInsert {
  const { supplier, allergens, labels, recipe, variant, ...columns } = product;
  const stated = allergens === "unknown" ? { contains: [], mayContain: [] } : allergens;
  return {
    ...columns,
    supplierId: idOf(supplierIds, supplier),
    areAllergensStated: allergens !== "unknown",
    contains: [...stated.contains],
    mayContain: [...stated.mayContain],
    labels: [...labels],
    ...(recipe ? { recipe: [...recipe], isRecipeWhole: true } : {}),
    ...(variant ? { groupId: idOf(groupIds, variant.group), variantName: variant.name, isLead: variant.isLead } : {}),
    pictureId: idOf(pictures, product.slug),
    createdAt: daysBefore(now, daysOnShelf(product)),
  };
}
