import { eq, type SQL, sql } from "drizzle-orm";
import { RESERVED } from "../../contracts/reserved-addresses.ts";
import type { Tx } from "../../contracts/tx.ts";
import { pages } from "../../models/blog.ts";
import type { PageId } from "../../models/ids.ts";

const MOST_PATH = 300;

/** The path of a page below another; or what is wrong with it. below: how much longer the paths of what comes along are. */
export async function pathBelow(
  tx: Tx,
  parentId: PageId | null,
  slug: string,
  below = 0,
): Promise<{ path: string } | { trouble: string; field: string }> {
  if (parentId === null && RESERVED.includes(slug)) return { trouble: "Something else of the site has this address.", field: "slug" };
  const [parent] =
    parentId === null ? [] : await tx.select({ path: pages.path, deletedAt: pages.deletedAt }).from(pages).where(eq(pages.id, parentId));
  if (parentId !== null && (parent === undefined || parent.deletedAt !== null))
    return { trouble: "There is no such page.", field: "parentId" };
  const path = parent ? `${parent.path}/${slug}` : slug;
  return path.length + below > MOST_PATH ? { trouble: "The whole address would be too long.", field: "slug" } : { path };
}

/** Behind all pages that lie below the same one. */
export function lastPosition(parentId: PageId | null): SQL<number> {
  return sql<number>`(select coalesce(max(position), 0) + 1 from pages where parent_id is not distinct from ${parentId})`;
}
