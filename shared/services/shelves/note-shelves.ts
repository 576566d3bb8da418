import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { CategoryId, UserId } from "../../models/ids.ts";

/** Where products stand, by product. */
type Places = ReadonlyMap<number, readonly string[]>;

/** Does something to shelves, and writes into the history of each product on them where it stood before and stands now. */
export async function notingShelves(
  tx: Tx,
  { ids, by, reason }: { ids: readonly CategoryId[]; by: UserId; reason: string },
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select distinct product_id as id from product_categories where category_id = any(${sql.param([...ids])}::bigint[]) order by 1`,
  );
  const products = rows.map(({ id }) => Number(id));
  const before = await placesOf(tx, products);
  await work();
  const after = await placesOf(tx, products);
  const changes = products
    .map((id) => ({ id, before: before.get(id) ?? [], after: after.get(id) ?? [] }))
    .filter((change) => change.before.join("\n") !== change.after.join("\n"));
  if (changes.length === 0) return;
  const list = sql`jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as change (id bigint, before jsonb, after jsonb)`;
  await tx.execute(sql`insert into product_changes (product_id, user_id, field, before, after, reason)
    select id, ${by}::bigint, 'shelves', before, after, ${reason}::text from ${list} order by id`);
  await tx.execute(sql`update products set revision = revision + 1, updated_at = now() from ${list} where products.id = change.id`);
}

async function placesOf(tx: Tx, products: readonly number[]): Promise<Places> {
  const { rows } = await tx.execute<{ id: string; names: string[] }>(sql`
    select product_id as id, array_agg(name order by name) as names from product_categories join categories on categories.id = category_id
    where product_id = any(${sql.param([...products])}::bigint[]) group by product_id`);
  return new Map(rows.map(({ id, names }) => [Number(id), names]));
}
