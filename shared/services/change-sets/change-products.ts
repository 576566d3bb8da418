import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import type { ProductChangePlan } from "../../contracts/change-sets.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ProductId, UserId } from "../../models/ids.ts";
import { type Because, noteChanges } from "../shelf/because.ts";
import { type Settling, settleProducts } from "../shelf/settle.ts";
import { saidAfter, shelvesAfter } from "./preview.ts";
import type { ProductState, ShopKnowledge } from "./states.ts";

/** A product that is there and what becomes of it; its row is locked, and it stands as `state` says. */
export interface ProductMove {
  plan: Exclude<ProductChangePlan, { kind: "new" }>;
  state: ProductState;
}

/** By whom, and why. */
export interface Going {
  reason: string;
  by: UserId;
}

/** Changes many products, each named once, as the commands of the shelf would one by one, in a handful of statements. */
export async function changeProducts(tx: Tx, moves: readonly ProductMove[], known: ShopKnowledge, going: Going): Promise<void> {
  if (moves.length === 0) return;
  const because: Because = { userId: going.by, reason: going.reason };
  await believeSuppliers(tx, moves);
  await overrule(tx, moves, going);
  const placed = await place(tx, moves);
  const sources = await recordSources(tx, moves);
  const counted = await count(tx, moves);
  await noteChanges(
    tx,
    placed.map(({ id, before, after }) => ({ productId: id, because, field: "shelves", ...namesOf({ before, after }, known) })),
  );
  const isPlaced = new Set(placed.map(({ id }) => id));
  const settlings = moves.map(({ state: { id } }): Settling => {
    const sourceId = sources.get(id);
    const stock = counted.get(id);
    return {
      ...{ id, because: sourceId === undefined ? because : { ...because, sourceId } },
      ...{ fields: isPlaced.has(id) ? ["shelves"] : [], details: stock ? { stockBefore: stock.before, stock: stock.after } : {} },
    };
  });
  await settleProducts(tx, settlings);
  await noteChanges(
    tx,
    [...counted].map(([productId, stock]) => ({ productId, because, field: "stock", ...stock })),
  );
  const touched = moves.filter(({ state: { id } }) => isPlaced.has(id) || counted.has(id));
  if (touched.length > 0) purgeOnCommit(tx, ["shop", ...touched.map(({ state: { slug } }) => `product:${slug}` as const)]);
}

/** Of these fields staff say nothing any more. */
async function believeSuppliers(tx: Tx, moves: readonly ProductMove[]): Promise<void> {
  const rows = moves.flatMap(({ plan, state: { id } }) => (plan.kind === "edit" ? plan.follow.map((field) => ({ id, field })) : []));
  if (rows.length === 0) return;
  await tx.execute(sql`
    delete from product_overrides using jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as gone (id bigint, field text)
    where product_id = gone.id and product_overrides.field = gone.field`);
}

/** value goes as text: "not known" is something that staff say, and is no SQL null. */
async function overrule(tx: Tx, moves: readonly ProductMove[], { by, reason }: Going): Promise<void> {
  const rows = moves.flatMap(({ plan, state: { id } }) =>
    plan.kind === "edit" ? Object.entries(plan.set).map(([field, value]) => ({ id, field, value: JSON.stringify(value) })) : [],
  );
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into product_overrides (product_id, field, value, user_id, reason)
    select id, field, value::jsonb, ${by}::bigint, ${reason}::text
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as said (id bigint, field text, value text)
    on conflict (product_id, field) do update
      set value = excluded.value, user_id = excluded.user_id, reason = excluded.reason, said_at = now()`);
}

interface Placed {
  id: ProductId;
  before: readonly number[];
  after: readonly number[];
}

/** Gives those that stand elsewhere now. */
async function place(tx: Tx, moves: readonly ProductMove[]): Promise<readonly Placed[]> {
  const placed = moves
    .map(({ plan, state: { id, shelves } }) => ({ id, before: shelves, after: shelvesAfter(plan, shelves) }))
    .filter(({ before, after }) => !isDeepStrictEqual(before, after));
  if (placed.length === 0) return placed;
  const linksOf = (from: "before" | "after", to: "before" | "after") =>
    placed.flatMap((one) => one[from].filter((shelf) => !one[to].includes(shelf)).map((shelf) => ({ id: one.id, shelf })));
  await tx.execute(sql`
    delete from product_categories using jsonb_to_recordset(${JSON.stringify(linksOf("before", "after"))}::jsonb) as gone (id bigint, shelf bigint)
    where product_id = gone.id and category_id = gone.shelf`);
  await tx.execute(sql`
    insert into product_categories (product_id, category_id)
    select come.id, shelf from jsonb_to_recordset(${JSON.stringify(linksOf("after", "before"))}::jsonb) as come (id bigint, shelf bigint)
    join categories on categories.id = shelf on conflict do nothing`);
  await tx.execute(sql`
    update products set revision = revision + 1, updated_at = now()
    where id = any(${sql.param(placed.map(({ id }) => id))}::bigint[])`);
  return placed;
}

function namesOf({ before, after }: { before: readonly number[]; after: readonly number[] }, { shelfName }: ShopKnowledge) {
  const names = (ids: readonly number[]) => ids.map((id) => shelfName(id)).sort();
  return { before: names(before), after: names(after) };
}

/** Gives the records by their products; what was seen later than this stays. */
async function recordSources(tx: Tx, moves: readonly ProductMove[]): Promise<ReadonlyMap<ProductId, number>> {
  return writeSources(
    tx,
    moves.flatMap(({ plan, state }) => {
      if (plan.kind !== "heard") return [];
      return [{ productId: state.id, supplierId: plan.supplierId, sku: plan.sku, fields: saidAfter(plan, state) }];
    }),
  );
}

/** Writes down what suppliers say, each number once. Gives the records that were written by their products. */
export async function writeSources(
  tx: Tx,
  records: readonly { productId: ProductId; supplierId: number; sku: string; fields: object }[],
): Promise<ReadonlyMap<ProductId, number>> {
  if (records.length === 0) return new Map();
  const { rows } = await tx.execute<{ id: string; product_id: string }>(sql`
    insert into product_sources as source (product_id, supplier_id, sku, fields, seen_at)
    select "productId", "supplierId", sku, fields, now()
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as said ("productId" bigint, "supplierId" bigint, sku text, fields jsonb)
    on conflict (supplier_id, sku) do update set product_id = excluded.product_id, fields = excluded.fields, seen_at = excluded.seen_at
      where source.seen_at <= excluded.seen_at
    returning id, product_id`);
  return new Map(rows.map((row) => [Number(row.product_id) as ProductId, Number(row.id)]));
}

/** Gives those of which another number is there now. */
async function count(tx: Tx, moves: readonly ProductMove[]): Promise<ReadonlyMap<ProductId, { before: number; after: number }>> {
  const counted = moves.flatMap(({ plan, state }) =>
    plan.kind === "settle" || plan.stock === null || plan.stock === state.stock
      ? []
      : [[state.id, { before: state.stock, after: plan.stock }] as const],
  );
  if (counted.length > 0)
    await tx.execute(sql`
      update products set stock = counted.after, updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(counted.map(([id, { after }]) => ({ id, after })))}::jsonb) as counted (id bigint, after integer)
      where products.id = counted.id`);
  return new Map(counted);
}
