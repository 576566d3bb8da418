import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";

const TREE = "pages"; // whoever changes paths holds this lock

/** Whoever moves, adds or renames pages takes turns: a path depends on every page above. Ends with the transaction. */
export async function lockTree(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${TREE}))`);
}
