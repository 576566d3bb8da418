import { sql } from "drizzle-orm";
import type { ProductChangePlan } from "../../contracts/change-sets.ts";
import type { SomeProductFields } from "../../contracts/product-fields.ts";
import type { NewProduct } from "../../contracts/shelf.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivities } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ProductId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { type Because, noteChanges } from "../shelf/because.ts";
import { columnsOf } from "../shelf/fields-of.ts";
import { settleProducts } from "../shelf/settle.ts";
import { freeAddresses, slugOf } from "../slugs.ts";
import { type Going, writeSources } from "./change-products.ts";

/** Something new. fields: what it begins with, those that it can't be without among them. */
export interface Newcomer {
  line: number;
  plan: Extract<ProductChangePlan, { kind: "new" }>;
  name: string;
  fields: SomeProductFields;
}

/** A newcomer with its address, and its product once that is there. */
interface Made extends Newcomer {
  slug: string;
  id: ProductId;
}

/** Brings many products to the shelf, as its commands would one by one. Gives their ids by line; those whose address is taken are not in it. */
export async function makeProducts(tx: Tx, newcomers: readonly Newcomer[], going: Going): Promise<ReadonlyMap<number, ProductId>> {
  if (newcomers.length === 0) return new Map();
  const made = await insert(tx, await withAddresses(tx, newcomers));
  const links = made.flatMap(({ id, plan }) => plan.addTo.map((shelf) => ({ id, shelf })));
  await tx.execute(sql`
    insert into product_categories (product_id, category_id)
    select come.id, shelf from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as come (id bigint, shelf bigint)
    join categories on categories.id = shelf on conflict do nothing`);
  const records = made.flatMap(({ id, plan: { supplierId, sku, said } }) =>
    sku === null ? [] : [{ productId: id, supplierId, sku, fields: said }],
  );
  const sources = await writeSources(tx, records);
  const because: Because = { userId: going.by, reason: "" };
  await noteChanges(
    tx,
    made.map(({ id, fields }) => ({ productId: id, because, field: "priceMinor", before: null, after: fields.priceMinor })),
  );
  await emitActivities(
    tx,
    { originApp: "market", type: "Create", objectType: "Product" },
    made.map(({ id, slug }) => ({ id, actorId: going.by, details: { slug } })),
  );
  await settleProducts(
    tx,
    made.map(({ id }) => {
      const sourceId = sources.get(id);
      return { id, because: sourceId === undefined ? because : { userId: going.by, reason: going.reason, sourceId } };
    }),
  );
  purgeOnCommit(tx, ["shop"]);
  return new Map(made.map(({ line, id }) => [line, id]));
}

/** Of two with one address the first has it. */
async function withAddresses(tx: Tx, newcomers: readonly Newcomer[]): Promise<readonly Omit<Made, "id">[]> {
  const named = new Set(newcomers.flatMap(({ plan }) => plan.slug ?? []));
  const unnamed = newcomers.filter(({ plan }) => plan.slug === null);
  const bases = unnamed.map(({ fields, name }) => slugOf(fields.name ?? name, "product"));
  const free = await freeAddresses(tx, "products.slug", bases, named);
  const slugs = new Map(unnamed.map(({ line }, at) => [line, free[at] ?? ""]));
  const met = new Set<string>();
  return newcomers.flatMap((newcomer) => {
    const slug = newcomer.plan.slug ?? slugs.get(newcomer.line) ?? "";
    if (met.has(slug)) return [];
    met.add(slug);
    return [{ ...newcomer, slug }];
  });
}

async function insert(tx: Tx, newcomers: readonly Omit<Made, "id">[]): Promise<readonly Made[]> {
  const rows = newcomers.map(({ plan: { supplierId, stock }, slug, fields }) => {
    const { name, packAmount, packUnit, priceMinor, vatClass } = fields as NewProduct["fields"];
    return { ...columnsOf(fields), name, packAmount, packUnit, priceMinor, vatClass, slug, supplierId, stock: stock ?? 0 };
  });
  const made = await tx
    .insert(products)
    .values(rows)
    .onConflictDoNothing({ target: products.slug })
    .returning({ id: products.id, slug: products.slug });
  const bySlug = new Map(made.map(({ id, slug }) => [slug, id]));
  return newcomers.flatMap((newcomer) => {
    const id = bySlug.get(newcomer.slug);
    return id === undefined ? [] : [{ ...newcomer, id }];
  });
}
