import { and, asc, eq, sql } from "drizzle-orm";
import type { OpenPeriod, PlaceChange, PlaceResult } from "../../contracts/places.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { MarketPlaceId, ProductId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import {
  marketPlaceAddresses,
  marketPlaceExceptions,
  marketPlaceHours,
  marketPlacePicks,
  marketPlaceRules,
  marketPlaces,
} from "../../models/places.ts";

const CHANGED: PlaceResult = { kind: "changed" };
const GONE: PlaceResult = { kind: "gone" };

/** Makes one change to a place whose row the caller holds. */
export async function applyChange(tx: Tx, { id, slug }: { id: MarketPlaceId; slug: string }, change: PlaceChange): Promise<PlaceResult> {
  switch (change.kind) {
    case "details":
      return setDetails(tx, { id, slug }, change.details);
    case "hours":
      return setWeek(tx, id, change.week);
    case "exception":
      return setExceptions(tx, id, change);
    case "no-exception":
      return resultOf(
        await tx
          .delete(marketPlaceExceptions)
          .where(and(eq(marketPlaceExceptions.placeId, id), eq(marketPlaceExceptions.day, change.day)))
          .returning({ day: marketPlaceExceptions.day }),
      );
    case "rule":
      return addRule(tx, id, change.rule);
    case "no-rule":
      return resultOf(
        await tx
          .delete(marketPlaceRules)
          .where(and(eq(marketPlaceRules.placeId, id), eq(marketPlaceRules.id, change.ruleId)))
          .returning({ id: marketPlaceRules.id }),
      );
    case "pick":
      return pick(tx, id, change.productId);
    case "no-pick":
      return resultOf(await tx.delete(marketPlacePicks).where(isPick(id, change.productId)).returning({ id: marketPlacePicks.productId }));
    case "move-pick":
      return movePick(tx, id, change);
    case "move":
      return move(tx, id, change.direction);
    case "remove":
      await tx.delete(marketPlaces).where(eq(marketPlaces.id, id));
      return CHANGED;
  }
}

function resultOf(rows: readonly unknown[]): PlaceResult {
  return rows.length > 0 ? CHANGED : GONE;
}

type Details = Extract<PlaceChange, { kind: "details" }>["details"];

/** A picture that was removed from the library meanwhile is none. Where it stood before leads to where it stands now. */
async function setDetails(tx: Tx, { id, slug }: { id: MarketPlaceId; slug: string }, details: Details): Promise<PlaceResult> {
  const { pictureId, ...words } = details;
  const picture = sql`(select id from media where id = ${pictureId}::bigint and width is not null)`;
  try {
    await tx.transaction((inner) =>
      inner
        .update(marketPlaces)
        .set({ ...words, pictureId: picture })
        .where(eq(marketPlaces.id, id)),
    );
  } catch (error) {
    if (isSlugTaken(error)) return { kind: "taken" };
    throw error;
  }
  if (details.slug !== slug) {
    await leaveAddress(tx, details.slug);
    const moved = { slug, placeId: id };
    await tx.insert(marketPlaceAddresses).values(moved).onConflictDoUpdate({ target: marketPlaceAddresses.slug, set: moved });
  }
  return CHANGED;
}

/** Whoever has an address now has it, whatever was there before. */
export async function leaveAddress(tx: Tx, slug: string): Promise<void> {
  await tx.delete(marketPlaceAddresses).where(eq(marketPlaceAddresses.slug, slug));
}

function isSlugTaken(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "constraint" in cause && cause.constraint === "market_places_slug_unique";
}

async function setWeek(tx: Tx, id: MarketPlaceId, week: Extract<PlaceChange, { kind: "hours" }>["week"]): Promise<PlaceResult> {
  await tx.delete(marketPlaceHours).where(sql`${marketPlaceHours.placeId} = ${id} and ${marketPlaceHours.weekday} is not null`);
  if (week.length > 0) await tx.insert(marketPlaceHours).values(week.map((period) => ({ ...period, placeId: id })));
  return CHANGED;
}

/** What stood for a day before gives way. */
async function setExceptions(
  tx: Tx,
  id: MarketPlaceId,
  { days, note, hours }: { days: readonly string[]; note: string; hours: readonly OpenPeriod[] },
): Promise<PlaceResult> {
  const each = [...new Set(days)];
  if (each.length === 0) return GONE;
  await tx
    .delete(marketPlaceExceptions)
    .where(sql`${marketPlaceExceptions.placeId} = ${id} and ${marketPlaceExceptions.day} = any(${sql.param(each)}::date[])`);
  await tx.insert(marketPlaceExceptions).values(each.map((day) => ({ placeId: id, day, note })));
  const rows = each.flatMap((day) => hours.map((period) => ({ ...period, day, placeId: id })));
  if (rows.length > 0) await tx.insert(marketPlaceHours).values(rows);
  return CHANGED;
}

/** Only what is there: a shelf, a supplier that was removed meanwhile is gone. */
async function addRule(
  tx: Tx,
  id: MarketPlaceId,
  { categoryId, label, supplierId }: Extract<PlaceChange, { kind: "rule" }>["rule"],
): Promise<PlaceResult> {
  const { rows } = await tx.execute(sql`
    insert into market_place_rules (place_id, category_id, label, supplier_id)
    select ${id}::bigint, ${categoryId}::bigint, ${label}::text, ${supplierId}::bigint
    where num_nonnulls(${categoryId}::bigint, ${label}::text, ${supplierId}::bigint) > 0
      and (${categoryId}::bigint is null or exists (select from categories where id = ${categoryId}::bigint))
      and (${supplierId}::bigint is null or exists (select from suppliers where id = ${supplierId}::bigint))
    on conflict do nothing returning id`);
  return resultOf(rows);
}

async function pick(tx: Tx, id: MarketPlaceId, productId: ProductId): Promise<PlaceResult> {
  const [product] = await tx.select({ id: products.id }).from(products).where(eq(products.id, productId)).for("key share");
  if (!product) return GONE;
  const position = sql<number>`(select coalesce(max(position), 0) + 1 from ${marketPlacePicks} where place_id = ${id})`;
  const made = await tx
    .insert(marketPlacePicks)
    .values({ placeId: id, productId, position })
    .onConflictDoNothing()
    .returning({ id: marketPlacePicks.productId });
  return resultOf(made);
}

function isPick(id: MarketPlaceId, productId: ProductId) {
  return and(eq(marketPlacePicks.placeId, id), eq(marketPlacePicks.productId, productId));
}

async function movePick(
  tx: Tx,
  id: MarketPlaceId,
  { productId, direction }: { productId: ProductId; direction: "up" | "down" },
): Promise<PlaceResult> {
  const rows = await tx
    .select({ id: marketPlacePicks.productId })
    .from(marketPlacePicks)
    .where(eq(marketPlacePicks.placeId, id))
    .orderBy(asc(marketPlacePicks.position), asc(marketPlacePicks.productId));
  const order = moved(
    rows.map((row) => row.id),
    productId,
    direction,
  );
  if (order === null) return GONE;
  const position = sql`array_position(${sql.param(order)}::bigint[], ${marketPlacePicks.productId})`;
  await tx.update(marketPlacePicks).set({ position }).where(eq(marketPlacePicks.placeId, id));
  return CHANGED;
}

/** The caller holds all rows. */
async function move(tx: Tx, id: MarketPlaceId, direction: "up" | "down"): Promise<PlaceResult> {
  const rows = await tx.select({ id: marketPlaces.id }).from(marketPlaces).orderBy(asc(marketPlaces.position), asc(marketPlaces.id));
  const order = moved(
    rows.map((row) => row.id),
    id,
    direction,
  );
  if (order === null) return GONE;
  await tx.update(marketPlaces).set({ position: sql`array_position(${sql.param(order)}::bigint[], ${marketPlaces.id})` });
  return CHANGED;
}

/** The list with one of it a place further up or down; null: it is not in the list. At the end of the list it stays. */
function moved<Id>(ids: readonly Id[], id: Id, direction: "up" | "down"): Id[] | null {
  const at = ids.indexOf(id);
  if (at === -1) return null;
  const to = Math.min(Math.max(at + (direction === "up" ? -1 : 1), 0), ids.length - 1);
  return ids.toSpliced(at, 1).toSpliced(to, 0, id);
}
