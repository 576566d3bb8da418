import { asc, desc, isNotNull, isNull } from "drizzle-orm";
import type { PageRow } from "../../contracts/writing.ts";
import type { Db } from "../../infrastructure/db.ts";
import { pages } from "../../models/blog.ts";
import type { Reach } from "./access.ts";

/** The pages that somebody edits in the tree's order, or those in the bin, what was put there last first. */
export async function listPages(db: Db, reach: Reach, which: "tree" | "bin"): Promise<PageRow[]> {
  const { id, parentId, title, path, status, audience, deletedAt, updatedAt } = pages;
  const rows = await db
    .select({ id, parentId, title, path, status, audience, deletedAt, updatedAt })
    .from(pages)
    .where(which === "bin" ? isNotNull(deletedAt) : isNull(deletedAt))
    .orderBy(...(which === "bin" ? [desc(deletedAt)] : [asc(pages.position)]), asc(id));
  const isTheirs = (row: { id: PageRow["id"] }) => reach.isEverything || reach.pages.includes(row.id);
  const ordered = which === "bin" ? rows : inTreeOrder(rows);
  return ordered.filter(isTheirs).map(({ path: whole, ...row }) => ({ ...row, address: `/${whole}`, depth: whole.split("/").length - 1 }));
}

/** Each page before what lies below it. */
function inTreeOrder<Row extends Pick<PageRow, "id" | "parentId">>(rows: readonly Row[]): Row[] {
  const byParent = Map.groupBy(rows, ({ parentId }) => parentId);
  const below = (parent: Row["parentId"]): Row[] => (byParent.get(parent) ?? []).flatMap((row) => [row, ...below(row.id)]);
  return below(null);
}
