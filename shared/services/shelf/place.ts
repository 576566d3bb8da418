import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Placement, Variant } from "../../contracts/shelf.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { CategoryId, ProductGroupId, ProductId } from "../../models/ids.ts";
import { categories, productCategories, productGroups, productPictures, products } from "../../models/market.ts";
import { freeAddress, slugOf } from "../slugs.ts";
import type { FieldChange } from "./because.ts";

/** Puts a product where it is to stand; its row is locked. Gives what changed by that. */
export async function placeProduct(tx: Tx, id: ProductId, { categoryIds, pictureId, variant }: Placement): Promise<readonly FieldChange[]> {
  return [
    ...(categoryIds === undefined ? [] : await putOnShelves(tx, id, categoryIds)),
    ...(pictureId === undefined ? [] : await showBy(tx, id, pictureId)),
    ...(variant === undefined ? [] : await makePackOf(tx, id, variant)),
  ];
}

async function putOnShelves(tx: Tx, id: ProductId, categoryIds: readonly CategoryId[]): Promise<readonly FieldChange[]> {
  const known = await tx
    .select({ id: categories.id, name: categories.name })
    .from(categories)
    .where(inArray(categories.id, [...categoryIds]));
  const before = await tx
    .select({ id: categories.id, name: categories.name })
    .from(productCategories)
    .innerJoin(categories, eq(categories.id, productCategories.categoryId))
    .where(eq(productCategories.productId, id));
  const [stays, comes] = [new Set(before.map((one) => one.id)), new Set(known.map((one) => one.id))];
  const gone = before.filter((one) => !comes.has(one.id)).map((one) => one.id);
  const added = known.filter((one) => !stays.has(one.id)).map((one) => one.id);
  if (gone.length + added.length === 0) return [];
  if (gone.length > 0)
    await tx.delete(productCategories).where(and(eq(productCategories.productId, id), inArray(productCategories.categoryId, gone)));
  if (added.length > 0) await tx.insert(productCategories).values(added.map((categoryId) => ({ productId: id, categoryId })));
  const names = (list: typeof known) => list.map(({ name }) => name).sort();
  return [{ field: "shelves", before: names(before), after: names(known) }];
}

async function showBy(tx: Tx, id: ProductId, pictureId: Placement["pictureId"]): Promise<readonly FieldChange[]> {
  const [row] = await tx.select({ pictureId: products.pictureId }).from(products).where(eq(products.id, id));
  if (!row || row.pictureId === (pictureId ?? null)) return [];
  await tx.update(products).set({ pictureId }).where(eq(products.id, id));
  if (pictureId) await tx.delete(productPictures).where(and(eq(productPictures.productId, id), eq(productPictures.mediaId, pictureId)));
  return [{ field: "picture", before: row.pictureId, after: pictureId }];
}

async function makePackOf(tx: Tx, id: ProductId, variant: Variant | null): Promise<readonly FieldChange[]> {
  const columns = { groupId: products.groupId, variantName: products.variantName, isLead: products.isLead };
  const [row] = await tx.select(columns).from(products).where(eq(products.id, id));
  if (!row) return [];
  const groupId = variant === null ? null : await groupOf(tx, variant.group);
  const isLead = groupId === null || (variant?.isLead ?? true) || !(await hasOtherLead(tx, groupId, id));
  const after = { groupId, variantName: variant?.name ?? "", isLead };
  if (row.groupId === after.groupId && row.variantName === after.variantName && row.isLead === after.isLead) return [];
  // one at a time leads: the others first
  if (groupId !== null && isLead)
    await tx
      .update(products)
      .set({ isLead: false })
      .where(and(eq(products.groupId, groupId), ne(products.id, id)));
  await tx.update(products).set(after).where(eq(products.id, id));
  for (const group of new Set([row.groupId, groupId])) if (group !== null) await tidy(tx, group);
  return [{ field: "variant", before: row.groupId === null ? null : row.variantName, after: groupId === null ? null : after.variantName }];
}

async function hasOtherLead(tx: Tx, groupId: ProductGroupId, id: ProductId): Promise<boolean> {
  return (await tx.$count(products, and(eq(products.groupId, groupId), ne(products.id, id), products.isLead))) > 0;
}

/** A group without a pack is none, and one without a first pack gets one. */
async function tidy(tx: Tx, groupId: ProductGroupId): Promise<void> {
  const packs = await tx
    .select({ id: products.id, isLead: products.isLead })
    .from(products)
    .where(eq(products.groupId, groupId))
    .orderBy(sql`${products.isOnSale} desc`, asc(products.priceMinor), asc(products.id));
  const [first] = packs;
  if (!first) await tx.delete(productGroups).where(eq(productGroups.id, groupId));
  else if (!packs.some(({ isLead }) => isLead)) await tx.update(products).set({ isLead: true }).where(eq(products.id, first.id));
}

async function groupOf(tx: Tx, group: Variant["group"]): Promise<ProductGroupId> {
  if (typeof group === "number") return group;
  const slug = await freeAddress(tx, "product_groups.slug", slugOf(group.name, "packs"));
  const [made] = await tx.insert(productGroups).values({ slug, name: group.name }).returning({ id: productGroups.id });
  if (!made) throw new Error("the group was not made");
  return made.id;
}
