import { asc, inArray } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { suppliers } from "../../models/market.ts";

/** A comparison has a supplier's findings to itself; whoever decides about some shares them with others who do. */
export async function lockSupplier(tx: Tx, ids: readonly number[], as: "compare" | "decide"): Promise<void> {
  const rows = tx
    .select({ id: suppliers.id })
    .from(suppliers)
    .where(inArray(suppliers.id, [...ids]))
    .orderBy(asc(suppliers.id));
  await rows.for(as === "compare" ? "no key update" : "share");
}
