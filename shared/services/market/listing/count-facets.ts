import { sql } from "drizzle-orm";
import { type Listing, type ListingQuery, PRICE_STEPS } from "../../../contracts/listing.ts";
import type { Db } from "../../../infrastructure/db.ts";
import { ALLERGENS } from "../../../models/market.ts";
import { type Conditions, priceStep } from "./conditions.ts";

/** Of a group of entries: how many, what they fail of the soft conditions, and the set of words that they have in common. */
interface Counted extends Record<string, unknown> {
  n: number;
  fails: number;
  brand: string | null;
  supplier: string | null;
  supplierName: string | null;
  labels: string[] | null;
  allergens: string[] | null;
  isStated: boolean | null;
  step: number | null;
  shelves: string[] | null;
}

const FAILS = { brand: 1, supplier: 2, price: 4 } as const;
const MOST_VALUES = 15;

export type Facets = Pick<Listing, "total" | "brands" | "suppliers" | "labels" | "freeFrom" | "priceSteps"> & {
  /** How many stand on each shelf or below it, by its id. */
  shelfCounts: ReadonlyMap<number, number>;
};

/** All counts of a list by one pass over its entries: what fails one soft condition counts for that facet alone. */
export async function countFacets(db: Db, query: ListingQuery, conditions: Conditions): Promise<Facets> {
  const { rows } = await db.execute<Counted>(countingQuery(conditions));
  const makers = rows.filter(({ brand }) => brand !== null);
  const foods = rows.filter(({ labels }) => labels !== null);
  const fit = foods.filter(({ fails }) => fails === 0);
  const names = new Map(makers.map(({ supplier, supplierName }) => [supplier ?? "", supplierName ?? ""]));
  const facet = <Value>(counts: ReadonlyMap<Value, number>, chosen: readonly Value[], nameOf: (value: Value) => string) =>
    valuesOf(counts, chosen).map(([value, count]) => ({ value, count, name: nameOf(value), isChosen: chosen.includes(value) }));
  const byName = (value: string | number) => String(value);
  const brands = countBy(makers.filter(passes(FAILS.brand)), ({ brand }) => (brand ? [brand] : []));
  const suppliers = countBy(makers.filter(passes(FAILS.supplier)), ({ supplier }) => [supplier ?? ""]);
  const steps = countBy(foods.filter(passes(FAILS.price)), ({ step }) => [step ?? 0]);
  const free = countBy(fit, ({ isStated, allergens }) => (isStated ? ALLERGENS.filter((one) => !allergens?.includes(one)) : []));
  return {
    total: fit.reduce((sum, { n }) => sum + n, 0),
    brands: facet(brands, query.brands, byName),
    suppliers: facet(suppliers, query.suppliers, (slug) => names.get(slug) ?? slug),
    labels: facet(
      countBy(fit, ({ labels }) => labels ?? []),
      query.labels,
      byName,
    ),
    freeFrom: ALLERGENS.map((value) => ({
      ...{ value, name: value.replaceAll("-", " "), count: free.get(value) ?? 0, isChosen: query.freeFrom.includes(value) },
    })),
    priceSteps: PRICE_STEPS.map((_, value) => ({
      ...{ value, name: "", count: steps.get(value) ?? 0, isChosen: query.priceSteps.includes(value) },
    })),
    shelfCounts: countBy(
      rows.filter(({ shelves, fails }) => shelves !== null && fails === 0),
      ({ shelves }) => shelves?.map(Number) ?? [],
    ),
  };
}

/** The statement, for the benchmark's EXPLAIN too. */
export function countingQuery({ hard, soft }: Conditions) {
  const fails = sql`(not ${soft.brand})::int * ${FAILS.brand} + (not ${soft.supplier})::int * ${FAILS.supplier} + (not ${soft.price})::int * ${FAILS.price}`;
  return sql`
    with entry as (
      select maker_id, food_id, section_id, ${priceStep} as step, ${fails} as fails from shelf_entries where ${hard}
    ), counted as materialized (
      select maker_id, food_id, section_id, step, fails, count(*)::int as n from entry where fails in (0, 1, 2, 4)
      group by grouping sets ((fails, maker_id), (fails, food_id, step), (fails, section_id))
    )
    select n, fails, step, brand, suppliers.slug as supplier, suppliers.name as "supplierName", labels, allergens,
      is_stated as "isStated", category_ids as shelves
    from counted
    left join shelf_makers on shelf_makers.id = maker_id left join suppliers on suppliers.id = supplier_id
    left join shelf_foods on shelf_foods.id = food_id left join shelf_sections on shelf_sections.id = section_id`;
}

function passes(own: number): (row: Counted) => boolean {
  return ({ fails }) => fails === 0 || fails === own;
}

function countBy<Value>(rows: readonly Counted[], valuesOf: (row: Counted) => readonly Value[]): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const row of rows) for (const value of valuesOf(row)) counts.set(value, (counts.get(value) ?? 0) + row.n);
  return counts;
}

/** The most frequent ones, and all that are chosen. */
function valuesOf<Value>(counts: ReadonlyMap<Value, number>, chosen: readonly Value[]): [Value, number][] {
  const known = [...counts].sort((a, b) => b[1] - a[1] || (String(a[0]) < String(b[0]) ? -1 : 1));
  const shown = known.filter(([value], place) => place < MOST_VALUES || chosen.includes(value));
  const missing = chosen.filter((value) => !counts.has(value)).map((value): [Value, number] => [value, 0]);
  return [...shown, ...missing];
}
