import { sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ProductId } from "../../models/ids.ts";
import { type IsFor, soldToJson } from "./sold-to.ts";

/** What somebody wants to put into a cart; groups: whom it is for, where the owner of the cart is none of them. */
export type Wanted = { kind: "for-owner"; productId: ProductId } | { kind: "not-for-you"; groups: readonly string[] };

/** Looks the product up together with whom it is for. Throws product-gone. */
export async function findWanted(tx: Tx, isFor: IsFor, owner: CartOwner, slug: string): Promise<Wanted> {
  const { rows } = await tx.execute<{ id: string; soldTo: string[] | null }>(
    sql`select id, ${soldToJson} as "soldTo" from products where slug = ${slug}`,
  );
  const [row] = rows;
  if (row === undefined) throw new CodedError("product-gone", "There is no such product in the shop.", { slug });
  if (row.soldTo !== null && !(await isFor(owner, row.soldTo))) return { kind: "not-for-you", groups: row.soldTo };
  return { kind: "for-owner", productId: Number(row.id) as ProductId };
}
