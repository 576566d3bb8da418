import { sql } from "drizzle-orm";
import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { OrderId, UserId } from "../../models/ids.ts";

const ERASABLE: RelationHandle<{ user: UserId; order: OrderId }> = {
  relation: "account.erasable",
  columns: { user: "user", order: "order" },
};

/** Whose orders these were is kept as long as the law wants their books, or somebody holds them; the relation says which may go. */
export async function releaseBooks(tx: Tx, relations: Pick<RelationsService, "list">): Promise<number> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct o.user_id as id from orders o join users u on u.id = o.user_id where u.erased_at is not null order by 1`);
  let released = 0;
  for (const { id } of rows) {
    const erasable = await relations.list(ERASABLE, { user: Number(id) as UserId });
    const ids = erasable.map(({ order }) => Number(order));
    const { rowCount } = await tx.execute(
      sql`update orders set user_id = null where user_id = ${id} and id = any(${sql.param(ids)}::bigint[])`,
    );
    released += rowCount ?? 0;
  }
  return released;
}
