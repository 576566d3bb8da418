import { and, asc, eq, sql } from "drizzle-orm";
import { MOST_PICTURES, type PictureChange, type PictureResult } from "../../contracts/shelf.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { MediaId, ProductId } from "../../models/ids.ts";
import { productPictures, products } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { announceChanges, noteChanges } from "./because.ts";

/** Changes which pictures show a product, or their order. The first one is the product's own, and stands in lists; the others follow it. */
export async function changePictures(tx: Tx, change: PictureChange): Promise<PictureResult> {
  const columns = { slug: products.slug, pictureId: products.pictureId };
  const [held] = await tx.select(columns).from(products).where(eq(products.id, change.id)).for("no key update");
  if (!held) return "gone";
  const before = [...(held.pictureId === null ? [] : [held.pictureId]), ...(await listOthers(tx, change.id))];
  const after = await listAfter(tx, before, change);
  if (typeof after === "string") return after;
  if (after.join() === before.join()) return "changed";
  await writePictures(tx, change.id, after);
  const because = { userId: change.by, reason: "" };
  const isFirst = after[0] !== before[0];
  const [field, was, is] = isFirst ? (["picture", before[0] ?? null, after[0] ?? null] as const) : (["pictures", before, after] as const);
  await noteChanges(tx, [{ productId: change.id, because, field, before: was, after: is }]);
  await announceChanges(tx, [{ id: change.id, because, fields: [field] }]);
  purgeOnCommit(tx, ["shop", `product:${held.slug}`]);
  return "changed";
}

/** The pictures beside the first, in their order. */
async function listOthers(tx: Tx, id: ProductId): Promise<readonly MediaId[]> {
  const rows = await tx
    .select({ id: productPictures.mediaId })
    .from(productPictures)
    .where(eq(productPictures.productId, id))
    .orderBy(asc(productPictures.position), asc(productPictures.mediaId));
  return rows.map((row) => row.id);
}

async function listAfter(
  tx: Tx,
  before: readonly MediaId[],
  { mediaId, kind }: PictureChange,
): Promise<readonly MediaId[] | "gone" | "full"> {
  const at = before.indexOf(mediaId);
  if (kind !== "add") return at === -1 ? "gone" : moved(before, at, kind);
  if (at !== -1) return before;
  if (before.length >= MOST_PICTURES) return "full";
  const isPicture = and(eq(media.id, mediaId), sql`${media.width} is not null`);
  const [found] = await tx.select({ id: media.id }).from(media).where(isPicture).for("key share");
  return found ? [...before, mediaId] : "gone";
}

function moved(before: readonly MediaId[], at: number, kind: "remove" | "up" | "down"): readonly MediaId[] {
  const rest = before.toSpliced(at, 1);
  if (kind === "remove") return rest;
  const to = Math.min(Math.max(at + (kind === "up" ? -1 : 1), 0), rest.length);
  return rest.toSpliced(to, 0, ...before.slice(at, at + 1));
}

async function writePictures(tx: Tx, id: ProductId, [first, ...others]: readonly MediaId[]): Promise<void> {
  await tx.delete(productPictures).where(eq(productPictures.productId, id));
  if (others.length > 0) await tx.insert(productPictures).values(others.map((mediaId, position) => ({ productId: id, mediaId, position })));
  await tx
    .update(products)
    .set({ pictureId: first ?? null, revision: sql`${products.revision} + 1`, updatedAt: sql`now()` })
    .where(eq(products.id, id));
}
