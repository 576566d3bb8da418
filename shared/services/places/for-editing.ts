import { sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { PlaceForEditing, PlacesService } from "../../contracts/places.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { CategoryId, MarketPlaceId, ProductId } from "../../models/ids.ts";
import { listPagesOf } from "./list-pages-of.ts";
import { openingAt } from "./opening.ts";
import { readPlaces } from "./read-places.ts";
import { countSelection } from "./selection.ts";

/** What staff read of places. */
export function makePlacesForEditing(deps: ServiceDeps): Pick<PlacesService, "listForEditing" | "getForEditing"> {
  const { db, clock, publicUrl } = deps;
  return {
    async listForEditing() {
      const rows = await readPlaces(db, sql`true`, clock.now());
      const counts = await Promise.all(rows.map(({ id }) => countSelection(db, id)));
      return rows.map(({ id, name, slug, isPublic }, at) => ({ id, name, slug, isPublic, productCount: counts[at] ?? 0 }));
    },
    async getForEditing(id) {
      const [row] = await readPlaces(db, sql`id = ${id}`, clock.now());
      if (!row) throw new CodedError("not-found", "There is no such market place.", { id });
      const { times } = row;
      const [rules, picks, productCount, pages, choices] = await Promise.all([
        listRules(db, id),
        listPicks(db, id),
        countSelection(db, id),
        listPagesOf(deps, id),
        listChoices(db),
      ]);
      const when = { zone: times.zone, opening: openingAt(times, clock.now()) };
      return { ...row, ...when, url: publicUrl("market", `/places/${row.slug}`), rules, picks, productCount, pages, choices };
    },
  };
}

async function listRules(db: Db, id: MarketPlaceId): Promise<PlaceForEditing["rules"]> {
  const { rows } = await db.execute<{ id: string; shelf: string | null; label: string | null; supplier: string | null }>(sql`
    select rule.id, categories.name as shelf, label, suppliers.name as supplier from market_place_rules rule
    left join categories on categories.id = category_id left join suppliers on suppliers.id = supplier_id
    where place_id = ${id} order by rule.id`);
  return rows.map((rule) => ({ id: Number(rule.id), words: [rule.shelf, rule.label, rule.supplier].filter((word) => word !== null) }));
}

async function listPicks(db: Db, id: MarketPlaceId): Promise<PlaceForEditing["picks"]> {
  const { rows } = await db.execute<{ id: string; name: string; slug: string }>(sql`
    select products.id, concat_ws(', ', name, nullif(variant_name, '')) as name, slug
    from market_place_picks join products on products.id = product_id where place_id = ${id} order by position, products.id`);
  return rows.map(({ id: productId, ...pick }) => ({ productId: Number(productId) as ProductId, ...pick }));
}

async function listChoices(db: Db): Promise<PlaceForEditing["choices"]> {
  const [categories, labels, suppliers] = await Promise.all([
    db.execute<{ id: string; name: string }>(sql`select id, name from categories order by lower(name), id`),
    db.execute<{ label: string }>(sql`select distinct unnest(labels) as label from shelf_foods order by 1`),
    db.execute<{ id: string; name: string }>(sql`select id, name from suppliers order by lower(name), id`),
  ]);
  return {
    categories: categories.rows.map(({ id, name }) => ({ id: Number(id) as CategoryId, name })),
    labels: labels.rows.map(({ label }) => label),
    suppliers: suppliers.rows.map(({ id, name }) => ({ id: Number(id), name })),
  };
}
