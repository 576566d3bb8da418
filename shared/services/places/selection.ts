import { type SQL, sql } from "drizzle-orm";
import type { ListingQuery } from "../../contracts/listing.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { MarketPlaceId, ProductId } from "../../models/ids.ts";
import { conditionsOf } from "../market/listing/conditions.ts";

const EVERYTHING: ListingQuery = {
  ...{ shelf: null, words: "", brands: [], suppliers: [], labels: [], freeFrom: [], priceSteps: [] },
  ...{ isInStock: false, sort: "best", page: 1 },
};

interface Rule extends Record<string, unknown> {
  shelf: string | null;
  label: string | null;
  supplier: string | null;
}

/** What a place sells, some of it: picked by hand in that order, then what fits a rule, what is there before what is sold out. */
export async function listSelection(
  db: Db,
  placeId: MarketPlaceId,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ ids: ProductId[]; total: number }> {
  const chosen = await chosenBy(db, placeId);
  const { rows } = await db.execute<{ id: string | null; total: number }>(sql`
    with chosen as materialized (select product_id as id, place, is_available, name from ${chosen}),
      page as (select id, row_number() over (order by place nulls last, is_available desc, name, id) as n from chosen limit ${limit + offset})
    select (select count(*)::int from chosen) as total, id from (select 1) as always left join page on n > ${offset} order by n`);
  return { total: rows[0]?.total ?? 0, ids: rows.flatMap(({ id }) => (id === null ? [] : [Number(id) as ProductId])) };
}

/** How many products a place sells. */
export async function countSelection(db: Db, placeId: MarketPlaceId): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`select count(*)::int as n from ${await chosenBy(db, placeId)}`);
  return rows[0]?.n ?? 0;
}

/** The rows of lists that are in the selection. A pack that was picked means the thing that lists show for it. */
async function chosenBy(db: Db, placeId: MarketPlaceId): Promise<SQL> {
  const { rows } = await db.execute<Rule>(sql`
    select categories.slug as shelf, label, suppliers.slug as supplier from market_place_rules rule
    left join categories on categories.id = category_id left join suppliers on suppliers.id = supplier_id
    where place_id = ${placeId} order by rule.id`);
  const fitting = [sql`picked_id is not null`, ...rows.map(conditionOf)];
  return sql`shelf_entries left join (
    select coalesce(lead.id, pack.id) as picked_id, min(pick.position) as place
    from market_place_picks pick join products pack on pack.id = pick.product_id
    left join products lead on lead.group_id = pack.group_id and lead.is_lead
    where pick.place_id = ${placeId} group by 1) as picked on picked_id = product_id
    where ${sql.join(fitting, sql` or `)}`;
}

function conditionOf({ shelf, label, supplier }: Rule): SQL {
  const { hard, soft } = conditionsOf({ ...EVERYTHING, shelf, labels: label ? [label] : [], suppliers: supplier ? [supplier] : [] });
  return sql`(${hard} and ${soft.supplier})`;
}
