import { sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { DiscountCover, DiscountForEditing, DiscountGrant } from "../../contracts/discounts.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { DiscountAudience, DiscountScope } from "../../models/discounts.ts";
import type { CategoryId, DiscountId, MerchantId, ProductId, UserId } from "../../models/ids.ts";
import { isRunning, usesOf } from "./candidates.ts";

interface Row extends Record<string, unknown> {
  id: string;
  merchantId: string;
  merchantName: string;
  currency: string;
  name: string;
  basisPoints: number | null;
  amountMinor: number | null;
  scope: DiscountScope;
  categoryId: string | null;
  productId: string | null;
  coveredName: string;
  audience: DiscountAudience;
  groupName: string | null;
  code: string | null;
  startsAt: string;
  endsAt: string | null;
  maxUses: number | null;
  isCombinable: boolean;
  isActive: boolean;
  revision: number;
  uses: number;
  state: DiscountForEditing["state"];
}

/** All discounts, those that run first, or the one with this id. */
export async function readDiscounts(db: Db, id: DiscountId | null): Promise<readonly DiscountForEditing[]> {
  const { rows } = await db.execute<Row>(sql`
    select discounts.id, merchant_id as "merchantId", merchants.name as "merchantName", merchants.currency, discounts.name,
      basis_points as "basisPoints", amount_minor as "amountMinor", scope, category_id as "categoryId", product_id as "productId",
      coalesce((select name from categories where id = category_id), (select name from products where id = product_id), '') as "coveredName",
      audience, group_name as "groupName", discounts.code, starts_at as "startsAt", ends_at as "endsAt", max_uses as "maxUses",
      is_combinable as "isCombinable", discounts.is_active as "isActive", discounts.revision, ${usesOf("discounts")} as uses,
      case when not discounts.is_active then 'off' when starts_at > now() then 'to-come' when ends_at <= now() then 'over'
        when max_uses <= ${usesOf("discounts")} then 'used-up' else 'running' end as state
    from discounts join merchants on merchants.id = merchant_id where ${id === null ? sql`true` : sql`discounts.id = ${id}`}
    order by ${isRunning("discounts")} desc, discounts.id desc`);
  return rows.map(({ basisPoints, amountMinor, scope, categoryId, productId, ...row }) => ({
    ...row,
    id: Number(row.id) as DiscountId,
    merchantId: Number(row.merchantId) as MerchantId,
    figure: basisPoints === null ? { kind: "amount", amountMinor: amountMinor ?? 0 } : { kind: "percent", basisPoints },
    covers: coverOf(scope, categoryId, productId),
    startsAt: new Date(row.startsAt),
    endsAt: row.endsAt === null ? null : new Date(row.endsAt),
  }));
}

function coverOf(scope: DiscountScope, categoryId: string | null, productId: string | null): DiscountCover {
  if (scope === "category") return { kind: "category", categoryId: Number(categoryId) as CategoryId };
  return scope === "product" ? { kind: "product", productId: Number(productId) as ProductId } : { kind: "everything" };
}

/** Who was granted a discount, as staff have stated it. */
export async function readGrants(db: Db, id: DiscountId): Promise<readonly DiscountGrant[]> {
  const { rows } = await db.execute<Omit<DiscountGrant, "userId" | "endsAt"> & { userId: string; endsAt: string | null }>(sql`
    select users.id as "userId", users.name, reason, asserted_by as "assertedBy", expires_at as "endsAt",
      coalesce((select name from users as staff where 'user:' || staff.id = asserted_by), asserted_by) as "byName"
    from relation_facts join users on 'user:' || users.id = arguments ->> 0
    where relation = 'cart.entitled' and arguments ->> 1 = ${`discount:${id}`} and (expires_at is null or expires_at > now())
    order by lower(users.name), users.id, asserted_by`);
  return rows.map(({ userId, endsAt, ...grant }) => ({
    ...grant,
    userId: Number(userId) as UserId,
    endsAt: endsAt === null ? null : new Date(endsAt),
  }));
}

/** Why staff have granted this owner what they did, by discount. */
export async function listReasons(db: Db, owner: CartOwner): Promise<ReadonlyMap<DiscountId, readonly string[]>> {
  if (owner.kind !== "member") return new Map();
  const { rows } = await db.execute<{ discount: string; reason: string }>(sql`
    select arguments ->> 1 as discount, reason from relation_facts
    where relation = 'cart.entitled' and arguments -> 0 = to_jsonb(${`user:${owner.userId}`}::text) and (expires_at is null or expires_at > now()) order by id`);
  const byId = Map.groupBy(rows, ({ discount }) => Number(discount.replace("discount:", "")) as DiscountId);
  return new Map([...byId].map(([id, own]) => [id, own.map(({ reason }) => reason)]));
}
