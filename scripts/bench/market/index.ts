import { setTimeout as sleep } from "node:timers/promises";
import type { ListingQuery } from "@rose-ash/shared/contracts/listing.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { conditionsOf } from "@rose-ash/shared/services/market/listing/conditions.ts";
import { countingQuery } from "@rose-ash/shared/services/market/listing/count-facets.ts";
import { sql } from "drizzle-orm";
import type { Platform } from "../../platform.ts";
import { bodyOf, loadOf, onPlatform, RUNS } from "../site.ts";
import type { Row } from "../table.ts";
import { fillMarket, PRODUCTS } from "./fill.ts";
import { lists } from "./lists.ts";

const GOAL_MS = 80;
const EXPORT_MS = 300_000;

/** What people ask of a list; four: of brand, label, allergen and price something is chosen. */
const LISTS: readonly { what: string; paths: readonly string[] }[] = [
  {
    what: "four facets chosen, of a shelf and of everything",
    paths: [
      ..."1 2 3 4 5 6 7 8".split(" ").map((n) => `/products?brand=Brand+${n}&brand=Brand+${n}0&label=organic&free=nuts&price=1&price=2`),
      ...["bread", "pantry", "fruit"].map(
        (shelf) => `/categories/${shelf}?supplier=grower-1&supplier=grower-7&label=vegan&free=milk&price=2`,
      ),
    ],
  },
  { what: "nothing chosen", paths: ["/products", "/products?sort=price", "/products?sort=newest", "/products?page=40"] },
  { what: "a shelf", paths: ["/categories/bread", "/categories/pantry", "/categories/aisle-7", "/categories/drinks?sort=price-down"] },
  { what: "words", paths: ["/products?q=bread", "/products?q=olive+oil", "/products?q=number+1234", "/products?q=marmelade"] },
];

/** Lists of a shop with fifty thousand products, each made anew: no page cache. */
export async function market(): Promise<Row[]> {
  return onPlatform("off", async (platform) => {
    await fillMarket(platform.databaseUrl);
    await exported(platform);
    const rows: Row[] = [];
    for (const list of LISTS) rows.push(await measure(platform, list));
    await explain(platform);
    rows.push(...(await lists(platform.databaseUrl)));
    return rows;
  });
}

async function measure(platform: Platform, { what, paths }: (typeof LISTS)[number]): Promise<Row> {
  const ask = (path: string) => bodyOf(loadOf(platform, { app: "market", path, what: "" }));
  for (const path of paths) await ask(path);
  const times: number[] = [];
  for (let round = 0; round < 4 * RUNS; round++) {
    for (const path of paths) {
      const began = performance.now();
      await ask(path);
      times.push(performance.now() - began);
    }
  }
  const ours = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  const name = `a page of a list with counts, ${what}, p95 of ${times.length} (${PRODUCTS.toLocaleString("en-GB")} products, no page cache)`;
  return { what: name, ours, unit: "ms", peer: null, goal: `< ${GOAL_MS} ms`, ok: ours < GOAL_MS };
}

/** Until the market has written which aisles are parts of which shelves, and every entry heeds it. */
async function exported({ databaseUrl }: Platform): Promise<void> {
  const db = openDb(databaseUrl, 1);
  try {
    for (const end = Date.now() + EXPORT_MS; Date.now() < end; await sleep(500)) {
      const { rows } = await db.execute<{ done: boolean }>(sql`
        select (select count(*) from relation_tuples where relation = 'market.broader') >= (select count(*) from category_parents)
          and not exists (select from shelf_stale) as done`);
      if (rows[0]?.done) {
        await db.execute(sql`vacuum analyze`);
        return;
      }
      await db.execute(sql`
        with taken as (delete from shelf_stale where product_id in (select product_id from shelf_stale limit 5000) returning product_id)
        select refresh_shelf_entries(array_agg(product_id)) from taken having count(*) > 0`);
    }
    throw new Error("the shelves were not exported in time");
  } finally {
    await db.close();
  }
}

/** How PostgreSQL counts, for whoever reads the log. */
async function explain({ databaseUrl }: Platform): Promise<void> {
  const db = openDb(databaseUrl, 1);
  const chosen: Partial<ListingQuery> = { brands: ["Brand 1"], labels: ["organic"], freeFrom: ["nuts"], priceSteps: [1] };
  const query: ListingQuery = {
    ...{
      shelf: null,
      words: "",
      brands: [],
      suppliers: [],
      labels: [],
      freeFrom: [],
      priceSteps: [],
      isInStock: false,
      sort: "name",
      page: 1,
    },
    ...chosen,
  };
  const { rows } = await db.execute<Record<string, string>>(
    sql`explain (analyze, costs off, timing off) ${countingQuery(conditionsOf(query))}`,
  );
  process.stderr.write(`${rows.map((row) => row["QUERY PLAN"]).join("\n")}\n`);
  await db.close();
}
