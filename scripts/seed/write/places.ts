import { wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { containments, pages } from "@rose-ash/shared/models/blog.ts";
import type { CategoryId, MarketPlaceId, ProductId } from "@rose-ash/shared/models/ids.ts";
import { categories, suppliers } from "@rose-ash/shared/models/market.ts";
import {
  marketPlaceExceptions,
  marketPlaceHours,
  marketPlacePicks,
  marketPlaceRules,
  marketPlaces,
} from "@rose-ash/shared/models/places.ts";
import { eq, inArray } from "drizzle-orm";
import { PLACES, type SeedPlace } from "../content/places.ts";
import type { SeedContext } from "../context.ts";
import { htmlOf } from "../html.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";

const ZONE = "Europe/London";

/** Makes the market places that are not there, and puts them on their pages. Returns how many it made. */
export async function writePlaces(context: SeedContext, products: Ids<ProductId>): Promise<number> {
  const { tx, pictures } = context;
  const known = await tx.select({ slug: marketPlaces.slug }).from(marketPlaces);
  const missing = PLACES.filter(({ slug }) => !known.some((place) => place.slug === slug));
  if (missing.length === 0) return 0;
  const rows = missing.map(({ slug, name, summary, location, text, picture }) => ({
    ...{ slug, name, summary, location, html: htmlOf(text), zone: ZONE, isPublic: true },
    pictureId: picture === null ? null : idOf(pictures, picture),
    position: PLACES.findIndex((place) => place.slug === slug) + 1,
  }));
  const made = idsOf(await tx.insert(marketPlaces).values(rows).returning({ key: marketPlaces.slug, id: marketPlaces.id }));
  for (const place of missing) await furnish(context, idOf(made, place.slug), { place, products });
  return missing.length;
}

async function furnish(
  { tx, now }: SeedContext,
  placeId: MarketPlaceId,
  { place, products }: { place: SeedPlace; products: Ids<ProductId> },
): Promise<void> {
  await tx.insert(marketPlaceHours).values(place.hours.map(([weekday, opens, closes]) => hoursOf(placeId, weekday, opens, closes)));
  await tx.insert(marketPlaceExceptions).values(place.closedOn.map(({ day, note }) => ({ placeId, note, day: nextOf(day, now) })));
  const shelves: Ids<CategoryId> = idsOf(
    await tx
      .select({ key: categories.slug, id: categories.id })
      .from(categories)
      .where(inArray(categories.slug, [...place.shelves])),
  );
  const makers: Ids<number> = idsOf(
    await tx
      .select({ key: suppliers.slug, id: suppliers.id })
      .from(suppliers)
      .where(inArray(suppliers.slug, [...place.suppliers])),
  );
  const rules = [
    ...place.shelves.map((slug) => ({ placeId, categoryId: idOf(shelves, slug) })),
    ...place.suppliers.map((slug) => ({ placeId, supplierId: idOf(makers, slug) })),
  ];
  await tx.insert(marketPlaceRules).values(rules);
  const picks = place.picks.map((slug, position) => ({ placeId, productId: idOf(products, slug), position }));
  if (picks.length > 0) await tx.insert(marketPlacePicks).values(picks);
  if (place.page === null) return;
  const [page] = await tx.select({ id: pages.id }).from(pages).where(eq(pages.path, place.page));
  if (page) await tx.insert(containments).values({ pageId: page.id, marketPlaceId: placeId, position: 1 });
}

function hoursOf(placeId: MarketPlaceId, weekday: number, opens: string, closes: string) {
  return { placeId, weekday, opensMinute: minuteOf(opens), closesMinute: minuteOf(closes) };
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

/** "12-25" as the next one from now. */
function nextOf(day: string, now: Date): string {
  const today = wallClockOf(now, ZONE);
  const [month = 1, date = 1] = day.split("-").map(Number);
  const isOver = month < today.month || (month === today.month && date < today.day);
  return `${today.year + (isOver ? 1 : 0)}-${day}`;
}
