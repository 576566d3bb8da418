import { and, eq, sql } from "drizzle-orm";
import { MOST_PICTURES } from "../../contracts/shelf.ts";
import type { Tx } from "../../contracts/tx.ts";
import { HELD_SECONDS, type WantedPicturesService } from "../../contracts/wanted-pictures.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { MediaId, ProductId } from "../../models/ids.ts";
import { productPictures, products } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { wantedPictures } from "../../models/scraping.ts";

/** Pictures that are still elsewhere, over PostgreSQL. */
export function makeWantedPicturesService(): WantedPicturesService {
  return {
    async take(tx) {
      const { rows } = await tx.execute<{ id: string; product_id: string; url: string; attempts: number; alt: string }>(sql`
        with due as (
          select id from wanted_pictures
          where state = 'waiting' and not_before <= now() and coalesce(held_until <= now(), true)
          order by not_before, id limit 1 for update skip locked
        )
        update wanted_pictures as w set held_until = now() + make_interval(secs => ${HELD_SECONDS}), attempts = attempts + 1
        from due, products where w.id = due.id and products.id = w.product_id
        returning w.id, w.product_id, w.url, w.attempts, products.name as alt`);
      const [row] = rows;
      return row
        ? { id: Number(row.id), productId: Number(row.product_id) as ProductId, url: row.url, alt: row.alt, attempts: row.attempts }
        : null; // bigint comes as text
    },
    async keep(tx, { id, productId, alt }, mediaId) {
      await tx.update(wantedPictures).set({ state: "taken", mediaId, heldUntil: null, note: "" }).where(eq(wantedPictures.id, id));
      await tx
        .update(media)
        .set({ alt })
        .where(and(eq(media.id, mediaId), eq(media.alt, "")));
      const columns = { slug: products.slug, pictureId: products.pictureId };
      const [product] = await tx.select(columns).from(products).where(eq(products.id, productId)).for("no key update");
      if (!product || product.pictureId === mediaId) return;
      if (product.pictureId !== null) await addBehind(tx, productId, mediaId);
      else await tx.update(products).set({ pictureId: mediaId, updatedAt: sql`now()` }).where(eq(products.id, productId));
      await emitActivity(tx, {
        originApp: "market",
        actorId: null,
        type: "Update",
        object: { type: "Product", id: productId },
        details: { fields: product.pictureId === null ? "picture" : "pictures" },
      });
      purgeOnCommit(tx, ["shop", `product:${product.slug}`]);
    },
    async putOff(tx, { id }, seconds) {
      await tx
        .update(wantedPictures)
        .set({
          ...{ heldUntil: null, notBefore: sql`now() + make_interval(secs => ${seconds})` },
          attempts: sql`greatest(${wantedPictures.attempts} - 1, 0)`,
        })
        .where(eq(wantedPictures.id, id));
    },
    async fail(tx, { id }, { note, seconds }) {
      const next = seconds === null ? { state: "failed" as const } : { notBefore: sql`now() + make_interval(secs => ${seconds})` };
      await tx
        .update(wantedPictures)
        .set({ ...next, heldUntil: null, note })
        .where(eq(wantedPictures.id, id));
    },
  };
}

/** Behind those that are there, unless they are as many as a product has. */
async function addBehind(tx: Tx, productId: ProductId, mediaId: MediaId): Promise<void> {
  const others = await tx.$count(productPictures, eq(productPictures.productId, productId));
  if (others + 1 >= MOST_PICTURES) return;
  const position = sql<number>`(select coalesce(max(position), -1) + 1 from ${productPictures} where product_id = ${productId})`;
  await tx.insert(productPictures).values({ productId, mediaId, position }).onConflictDoNothing();
}
