import { sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { MarketService } from "../../contracts/market.ts";
import { PLACE_PAGE_SIZE, type PlaceCard, type PlacesService, placeCard, placePage } from "../../contracts/places.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { MarketPlaceId } from "../../models/ids.ts";
import { makePlaceCommands } from "./commands.ts";
import { makePlacesForEditing } from "./for-editing.ts";
import { listEntriesBeside, listPagesOf } from "./list-pages-of.ts";
import { dayAfter, dayAt, dayIn, dayOf, daysFrom, openingAt } from "./opening.ts";
import { type PlaceRow, readPlaces } from "./read-places.ts";
import { listSelection } from "./selection.ts";

const DAYS_OF_A_WEEK = 7;
/** Exceptions are told so far ahead. */
const DAYS_AHEAD = 60;

/** Market places over PostgreSQL. */
export function makePlacesService(
  deps: ServiceDeps,
  { audit, market }: { audit: AuditService; market: Pick<MarketService, "listProductCardsById"> },
): PlacesService {
  const { db, clock, publicUrl } = deps;
  const cardOf = (row: PlaceRow): PlaceCard =>
    placeCard.parse({ ...row, ...whenOf(row, clock.now()), url: publicUrl("market", `/places/${row.slug}`), zone: row.times.zone });

  async function findPublic(slug: string): Promise<PlaceRow | null> {
    const [row] = await readPlaces(db, sql`slug = ${slug} and is_public`, clock.now());
    return row ?? null;
  }

  async function productsOf(id: MarketPlaceId, limit: number, offset: number) {
    const { ids, total } = await listSelection(db, id, { limit, offset });
    return { products: await market.listProductCardsById(ids), total };
  }

  return {
    ...makePlacesForEditing(deps),
    ...makePlaceCommands(audit),
    async listPlaces() {
      return (await readPlaces(db, sql`is_public`, clock.now())).map(cardOf);
    },
    async findMoved(slug) {
      const { rows } = await db.execute<{ slug: string }>(sql`
        select place.slug from market_place_addresses as old join market_places as place on place.id = old.place_id
        where old.slug = ${slug} and place.is_public`);
      return rows[0] ? publicUrl("market", `/places/${rows[0].slug}`) : null;
    },
    async findPlace(slug, limit) {
      const row = await findPublic(slug);
      return row && { ...cardOf(row), ...(await productsOf(row.id, limit, 0)) };
    },
    async getPlace(slug, page) {
      const row = await findPublic(slug);
      if (row === null) throw new CodedError("not-found", "There is no market place of this name.", { slug });
      const [selection, pages, entries] = await Promise.all([
        productsOf(row.id, PLACE_PAGE_SIZE, (page - 1) * PLACE_PAGE_SIZE),
        listPagesOf(deps, row.id),
        listEntriesBeside(deps, row.id),
      ]);
      const pageCount = Math.max(1, Math.ceil(selection.total / PLACE_PAGE_SIZE));
      if (page > pageCount) throw new CodedError("not-found", "There are not so many pages of it.", { slug, page });
      return placePage.parse({
        ...{ ...cardOf(row), ...selection, html: row.html, times: row.times, pages, entries, paging: { page, pageCount } },
        ...{ week: daysFrom(row.times, clock.now(), DAYS_OF_A_WEEK), later: laterOf(row, clock.now()) },
      });
    },
  };
}

function whenOf({ times }: PlaceRow, now: Date) {
  return { opening: openingAt(times, now), today: dayAt(times, now) };
}

/** The exceptions after the week that is shown. */
function laterOf({ times }: PlaceRow, now: Date) {
  const today = dayIn(now, times.zone);
  const [from, to] = [dayAfter(today, DAYS_OF_A_WEEK), dayAfter(today, DAYS_AHEAD)];
  return times.exceptions.filter(({ day }) => day >= from && day <= to).map(({ day }) => dayOf(times, day));
}
