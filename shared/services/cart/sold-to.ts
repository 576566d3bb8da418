import { type SQL, sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { UserId } from "../../models/ids.ts";

/** Where the groups of a person stand. */
const MEMBER: RelationHandle<{ user: UserId; group: string }> = { relation: "shared.member", columns: { user: "user", group: "text" } };

/** The groups that the product in this row of products is sold to, as json; null: to everybody. Cart's relations export them. */
export const soldToJson: SQL<string[] | null> = sql`(
  select coalesce((select json_agg(arguments ->> 1 order by arguments ->> 1) from relation_tuples
    where relation = 'cart.sold_to' and arguments ->> 0 = 'product:' || products.id), '[]'::json)
  from relation_tuples where relation = 'cart.members_only' and arguments = jsonb_build_array('product:' || products.id))`;

/** Tells whether something sold to these groups is for an owner; what is for everybody needs no question. */
export function makeIsFor({ list }: Pick<RelationsService, "list">) {
  return async (owner: CartOwner | null, groups: readonly string[] | null): Promise<boolean> => {
    if (groups === null) return true;
    if (owner?.kind !== "member" || groups.length === 0) return false;
    const rows = await list(MEMBER, { user: owner.userId });
    return rows.some(({ group }) => groups.includes(group));
  };
}
export type IsFor = ReturnType<typeof makeIsFor>;
