import { asc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { CategoryId, UserId } from "../../models/ids.ts";
import { categories } from "../../models/market.ts";

interface Move {
  id: CategoryId;
  within: CategoryId | null;
  isUp: boolean;
  by: UserId;
}

/** One step among those beside it. There is one order of all shelves: each whole shows its parts in it. */
export async function moveShelf(tx: Tx, audit: AuditService, { id, within, isUp, by }: Move): Promise<void> {
  const beside =
    within === null
      ? sql`not exists (select from category_parents where category_id = ${categories.id})`
      : sql`exists (select from category_parents where category_id = ${categories.id} and parent_id = ${within})`;
  const rows = await tx
    .select({ id: categories.id, position: categories.position })
    .from(categories)
    .where(beside)
    .orderBy(asc(categories.position), asc(categories.id))
    .for("update");
  const from = rows.findIndex((row) => row.id === id);
  const to = from + (isUp ? -1 : 1);
  const [one, other] = [rows[from], rows[to]];
  if (!one || !other) return; // it stands at the end already, or elsewhere by now
  const order = rows.with(from, other).with(to, one);
  let position = rows[0]?.position ?? 0;
  for (const [at, row] of order.entries()) {
    // the places that they have between them, and each behind the one before, where two had the same
    position = at === 0 ? position : Math.max(position + 1, rows[at]?.position ?? 0);
    if (row.position !== position) await tx.update(categories).set({ position }).where(eq(categories.id, row.id));
  }
  await audit.record(tx, {
    ...{ app: "market", by, action: "order shelf", subject: `category:${id}`, reason: "" },
    ...{ before: { place: from + 1 }, after: { place: to + 1 } },
  });
  purgeOnCommit(tx, ["shop"]);
}
