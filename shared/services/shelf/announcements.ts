import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ActivityDetails } from "../../models/federation.ts";
import type { ProductId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { productAnnouncements } from "../../models/product-announcements.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";

/** So many notes of one product each go out in an hour, and one more about all the others. */
const ALONE_AN_HOUR = 4;
const HOUR_MS = 3_600_000;
/** A product is not announced before this: time to mend a typing error, and for its picture to come. */
const GRACE_MS = 5 * 60_000;
const NAMES_IN_NEWS = 3;
const MAX_TEXT = 280;

/** What can be had: it is on sale, costs something and stands on a shelf. */
const isOnSale = sql`is_on_sale and price_minor > 0 and exists (select from product_categories where product_id = products.id)`;

/** There is a note about it alone, which has not been withdrawn. */
const isStanding = sql`${productAnnouncements.isAlone} and ${productAnnouncements.withdrawnAt} is null`;

interface Waiting {
  id: ProductId;
  name: string;
  slug: string;
}

/**
 * Tells the world of products that can be had since lately, each once, and withdraws what was told of those that can't be had any
 * more. A few go out alone; more than that wait for an hour, and then go out as one note about all of them. Gives how many notes
 * it made. What is read is the shelf as it stands, so no way of bringing a product to it can forget to tell.
 */
export async function announceDue(tx: Tx, now: Date): Promise<number> {
  const { rows } = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(hashtext('announce products')) as mine`);
  if (!rows[0]?.mine) return 0;
  await withdraw(tx, now);
  const { count, oldest } = await countWaiting(tx, now);
  if (count === 0) return 0;
  const { alone, together } = await toldLately(tx, now);
  if (count <= ALONE_AN_HOUR - alone) {
    for (const product of await listWaiting(tx, now)) await announceAlone(tx, product, now);
    return count;
  }
  if (together > 0 || now.getTime() - oldest.getTime() < HOUR_MS) return 0;
  await announceTogether(tx, await listWaiting(tx, now), now);
  return 1;
}

/**
 * What the world is to be told anew of products whose name, text or picture was changed; those of which it was told nothing that could
 * be changed, as it was not told of them in a note of their own, are not in it.
 */
export async function tellAnew(tx: Tx, ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, ActivityDetails>> {
  const faces = new Map<ProductId, ActivityDetails>();
  if (ids.length === 0) return faces;
  const told = await tx
    .update(productAnnouncements)
    .set({ name: sql`(select name from products where id = ${productAnnouncements.productId})` })
    .where(and(inArray(productAnnouncements.productId, [...ids]), isStanding))
    .returning({ id: productAnnouncements.productId });
  for (const { id } of told) faces.set(id, await faceOf(tx, id)); // a few an hour are told of alone
  return faces;
}

/** One pack of each thing, none of which was told of before. */
function isWaiting(now: Date): SQL {
  return sql`is_lead and ${isOnSale} and created_at <= ${new Date(now.getTime() - GRACE_MS).toISOString()}::timestamptz
    and not exists (select from product_announcements where product_id = products.id)
    and not exists (select from products pack join product_announcements on product_id = pack.id where pack.group_id = products.group_id)`;
}

async function countWaiting(tx: Tx, now: Date): Promise<{ count: number; oldest: Date }> {
  const { rows } = await tx.execute<{ count: number; oldest: string | null }>(
    sql`select count(*)::int as count, min(created_at) as oldest from products where ${isWaiting(now)}`,
  );
  return { count: rows[0]?.count ?? 0, oldest: new Date(rows[0]?.oldest ?? now) };
}

/** Those that came first stand first. */
async function listWaiting(tx: Tx, now: Date): Promise<Waiting[]> {
  const { rows } = await tx.execute<{ id: string; name: string; slug: string }>(
    sql`select id, name, slug from products where ${isWaiting(now)} order by created_at, id`,
  );
  return rows.map(({ id, name, slug }) => ({ id: Number(id) as ProductId, name, slug }));
}

/** Notes of the last hour: of one product, and of many. */
async function toldLately(tx: Tx, now: Date): Promise<{ alone: number; together: number }> {
  const { rows } = await tx.execute<{ alone: number; together: number }>(sql`
    select count(*) filter (where is_alone)::int as alone, count(*) filter (where not is_alone)::int as together
    from product_announcements where announced_at > ${new Date(now.getTime() - HOUR_MS).toISOString()}::timestamptz`);
  return rows[0] ?? { alone: 0, together: 0 };
}

async function announceAlone(tx: Tx, { id, name, slug }: Waiting, now: Date): Promise<void> {
  await tx.insert(productAnnouncements).values({ productId: id, name, slug, isAlone: true, announcedAt: now });
  await emitActivity(tx, {
    ...{ originApp: "market", actorId: null, type: "Create", visibility: "public" },
    object: { type: "Product", id },
    details: await faceOf(tx, id),
  });
}

/** The object's id is the moment: its products are those that were announced at it. */
async function announceTogether(tx: Tx, waiting: readonly Waiting[], now: Date): Promise<void> {
  const ids = waiting.map(({ id }) => id);
  await tx.execute(sql`
    insert into product_announcements (product_id, name, slug, is_alone, announced_at)
    select id, name, slug, false, ${now.toISOString()}::timestamptz from products where id = any(${sql.param(ids)}::bigint[])`);
  const named = waiting.slice(-NAMES_IN_NEWS).map(({ name }) => name);
  const others = waiting.length - named.length;
  await emitActivity(tx, {
    ...{ originApp: "market", actorId: null, type: "Create", visibility: "public" },
    object: { type: "ProductNews", id: now.toISOString() },
    details: {
      name: `${waiting.length} new things`,
      path: "/products?sort=newest",
      text: `${named.join(", ")}${others > 0 ? ` and ${others} more` : ""}.`,
      ...(await pictureOfAny(tx, ids)),
    },
  });
}

/** Those in a note of their own that were removed, are off sale, cost nothing or stand on no shelf any more. They are not announced again. */
async function withdraw(tx: Tx, now: Date): Promise<void> {
  const gone = await tx
    .update(productAnnouncements)
    .set({ withdrawnAt: now })
    .where(sql`${isStanding} and not exists (select from products where products.id = product_announcements.product_id and ${isOnSale})`)
    .returning({ id: productAnnouncements.productId, name: productAnnouncements.name, slug: productAnnouncements.slug });
  for (const { id, name, slug } of gone)
    await emitActivity(tx, {
      ...{ originApp: "market", actorId: null, type: "Delete", visibility: "public" },
      object: { type: "Product", id },
      details: { name, path: `/products/${slug}` },
    });
}

/** Enough for a note: what it is called, where it is, some of its text, and a picture with what it shows. */
async function faceOf(tx: Tx, id: ProductId): Promise<ActivityDetails> {
  const [row] = await tx
    .select({ name: products.name, slug: products.slug, description: products.description, picture: pictureColumns })
    .from(products)
    .leftJoin(media, eq(media.id, products.pictureId))
    .where(eq(products.id, id));
  if (!row) return {};
  return { name: row.name, path: `/products/${row.slug}`, text: shortened(row.description), ...pictureDetails(row.picture) };
}

async function pictureOfAny(tx: Tx, ids: readonly ProductId[]): Promise<ActivityDetails> {
  const [row] = await tx
    .select({ picture: pictureColumns })
    .from(products)
    .innerJoin(media, eq(media.id, products.pictureId))
    .where(sql`${products.id} = any(${sql.param([...ids])}::bigint[])`)
    .orderBy(sql`${products.id} desc`)
    .limit(1);
  return pictureDetails(row?.picture ?? null);
}

/** An address that every host serves, and what the picture shows in words. */
function pictureDetails(row: Parameters<typeof pictureOf>[0]): ActivityDetails {
  const picture = pictureOf(row);
  return picture === null ? {} : { picture: picture.url, pictureAlt: picture.alt };
}

/** Whole words. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= MAX_TEXT) return line;
  const cut = line.slice(0, MAX_TEXT);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), MAX_TEXT / 2))}…`;
}
