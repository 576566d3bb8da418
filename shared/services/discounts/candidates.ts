import { type SQL, sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { DiscountAudience } from "../../models/discounts.ts";
import type { DiscountId, MerchantId, ProductId, UserId } from "../../models/ids.ts";
import { isOwnedBy } from "../cart/owner.ts";

/** A discount that could be taken off what a cart holds, before it was asked whom it is for. */
export interface Candidate {
  id: DiscountId;
  name: string;
  merchantId: MerchantId;
  basisPoints: number | null;
  amountMinor: number | null;
  isCombinable: boolean;
  audience: DiscountAudience;
  groupName: string | null;
  code: string | null;
  endsAt: Date | null;
  coveredName: string;
  /** Products of the cart that it covers; null: everything. */
  productIds: ReadonlySet<ProductId> | null;
}

interface Row extends Omit<Candidate, "id" | "merchantId" | "endsAt" | "productIds">, Record<string, unknown> {
  id: string;
  merchantId: string;
  endsAt: string | null;
  productIds: string[] | null;
}

/** Orders that have a discount, but for those that came to nothing. Names a row of discounts. */
export const usesOf = (discount: string) =>
  sql.raw(`(select count(*)::int from order_discounts as had join orders as its_order on its_order.id = had.order_id
    where had.discount_id = ${discount}.id and its_order.status not in ('expired', 'cancelled', 'refunded'))`);

/** Whether it runs at this moment. Names a row of discounts. */
export const isRunning = (discount: string) =>
  sql.raw(`(${discount}.is_active and ${discount}.starts_at <= now() and (${discount}.ends_at is null or now() < ${discount}.ends_at))`);

/** Products of a list that a discount covers, as an array; null: everything. */
const coveredOf = (productIds: SQL) => sql`case discounts.scope
  when 'product' then array(select wanted from unnest(${productIds}) as wanted where wanted = discounts.product_id)
  when 'category' then array(
    select products.id from products
    left join products as lead on lead.group_id = products.group_id and lead.is_lead
    join shelf_entries as entry on entry.product_id = coalesce(lead.id, products.id) join shelf_sections as section on section.id = entry.section_id
    where products.id = any(${productIds}) and section.category_ids @> array[discounts.category_id]) end`;

/** What runs and is not used up, without a code or with that of the cart. productIds: of the cart. */
export async function listCandidates(db: Db | Tx, owner: CartOwner, productIds: readonly ProductId[]): Promise<readonly Candidate[]> {
  const ids = sql`${sql.param([...productIds])}::bigint[]`;
  const { rows } = await db.execute<Row>(sql`
    select discounts.id, discounts.name, merchant_id as "merchantId", basis_points as "basisPoints", amount_minor as "amountMinor",
      is_combinable as "isCombinable", audience, group_name as "groupName", code, ends_at as "endsAt", ${coveredOf(ids)} as "productIds",
      coalesce((select name from categories where id = category_id), (select name from products where id = product_id), '') as "coveredName"
    from discounts where ${isRunning("discounts")} and (max_uses is null or ${usesOf("discounts")} < max_uses)
      and (code is null or code = (select discount_code from carts where ${isOwnedBy(owner)}))
    order by discounts.id`);
  return rows.map(({ id, merchantId, endsAt, productIds: covered, ...row }) => ({
    ...row,
    id: Number(id) as DiscountId,
    merchantId: Number(merchantId) as MerchantId,
    endsAt: endsAt === null ? null : new Date(endsAt),
    productIds: covered === null ? null : new Set(covered.map((one) => Number(one) as ProductId)),
  }));
}

const ENTITLED: RelationHandle<{ user: UserId; discount: number }> = {
  relation: "cart.entitled",
  columns: { user: "user", discount: "discount" },
};

/** Tells which discounts an owner gets: what is for everybody needs no question, and guests get nothing else. */
export function makeIsEntitled({ list }: Pick<RelationsService, "list">) {
  return async (owner: CartOwner, candidates: readonly Candidate[]): Promise<(candidate: Candidate) => boolean> => {
    const isForAll = ({ audience }: Candidate) => audience === "everybody";
    if (owner.kind !== "member" || candidates.every(isForAll)) return isForAll;
    const own = new Set((await list(ENTITLED, { user: owner.userId })).map(({ discount }) => discount));
    return (candidate) => isForAll(candidate) || own.has(candidate.id);
  };
}
export type IsEntitled = ReturnType<typeof makeIsEntitled>;
