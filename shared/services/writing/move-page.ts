import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { MoveResult, PagePlace, PieceStatus } from "../../contracts/writing.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { pages } from "../../models/blog.ts";
import type { PageId, UserId } from "../../models/ids.ts";
import { announce } from "./announce.ts";
import { slugTrouble } from "./check-piece.ts";
import { lockTree } from "./lock-tree.ts";
import { lastPosition, pathBelow } from "./page-paths.ts";
import { claimAddress, keepAddress } from "./redirects.ts";
import { unlessRefused } from "./refused-by-database.ts";

/** A page that lies in what is moved, with the path it had. */
interface Moved {
  id: PageId;
  title: string;
  audience: string | null;
  status: PieceStatus;
  old: string;
  path: string;
}

/**
 * Puts a page under another, or gives it another name; all that lies below comes along, and every old address leads to the new
 * one. Whoever moves pages takes turns, so that two moves can't make a circle between them.
 */
export async function movePage(tx: Tx, id: PageId, { parentId, slug, by }: PagePlace & { by: UserId | null }): Promise<MoveResult> {
  const trouble = slugTrouble(slug);
  if (trouble) return { kind: "invalid", errors: [{ field: "slug", message: trouble }] };
  await lockTree(tx);
  const [page] = await tx
    .select({ path: pages.path, parentId: pages.parentId, deletedAt: pages.deletedAt })
    .from(pages)
    .where(eq(pages.id, id));
  if (page === undefined || page.deletedAt !== null) return { kind: "gone" };
  if (parentId !== null && (await liesWithin(tx, parentId, page.path))) return { kind: "below-itself" };
  const found = await pathBelow(tx, parentId, slug, await longestBelow(tx, page.path));
  if ("trouble" in found) return { kind: "invalid", errors: [{ field: found.field, message: found.trouble }] };
  if (found.path === page.path) return { kind: "moved", address: `/${page.path}` };
  const position = parentId === page.parentId ? sql`position` : lastPosition(parentId);
  const moved = await unlessRefused(tx, slug, async (inner) => {
    const rows = await movePaths(inner, page.path, found.path);
    await inner.execute(sql`update pages set parent_id = ${parentId}, position = ${position} where id = ${id}`);
    return rows;
  });
  if ("kind" in moved) return moved;
  for (const one of moved) await follow(tx, one, by);
  return { kind: "moved", address: `/${found.path}` };
}

/** One place up or down among the pages beside it; at the end nothing happens. Pages in the bin keep their places. */
export async function sortPage(tx: Tx, id: PageId, direction: "up" | "down"): Promise<void> {
  await lockTree(tx);
  const { rows } = await tx.execute<{ id: string }>(sql`
    select beside.id from pages join pages beside on beside.parent_id is not distinct from pages.parent_id
    where pages.id = ${id} and beside.deleted_at is null order by beside.position, beside.id`);
  const order = rows.map((row) => Number(row.id));
  const at = order.indexOf(id);
  const to = direction === "up" ? at - 1 : at + 1;
  if (at === -1 || to < 0 || to >= order.length) return;
  order.splice(to, 0, ...order.splice(at, 1));
  await tx.execute(sql`
    update pages set position = wanted.place from unnest(${sql.param(order)}::bigint[]) with ordinality as wanted (id, place)
    where pages.id = wanted.id and pages.position <> wanted.place`);
  purgeOnCommit(tx, ["menu"]);
}

/** Asked under the lock of the tree. Paths are true to the tree, so the path says what lies below. */
async function liesWithin(tx: Tx, id: PageId, path: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`select from pages where id = ${id} and (path = ${path} or starts_with(path, ${`${path}/`}))`);
  return rows.length > 0;
}

/** How much of a path the deepest page below takes, beyond the path of this one. */
async function longestBelow(tx: Tx, path: string): Promise<number> {
  const { rows } = await tx.execute<{ longest: number | null }>(
    sql`select max(length(path)) as longest from pages where starts_with(path, ${`${path}/`})`,
  );
  return Math.max(0, (rows[0]?.longest ?? 0) - path.length);
}

async function movePaths(tx: Tx, from: string, to: string): Promise<Moved[]> {
  const { rows } = await tx.execute<Omit<Moved, "id"> & { id: string; [column: string]: unknown }>(sql`
    update pages set path = ${to} || substr(pages.path, ${from.length + 1}::int), updated_at = now()
    from pages was where was.id = pages.id and (was.path = ${from} or starts_with(was.path, ${`${from}/`}))
    returning pages.id, pages.title, pages.audience, pages.status, was.path as old, pages.path`);
  return rows.map((row) => ({ ...row, id: Number(row.id) as PageId }));
}

async function follow(tx: Tx, { id, title, audience, status, old, path }: Moved, by: UserId | null): Promise<void> {
  const piece = { kind: "page", id } as const;
  await keepAddress(tx, piece, `/${old}`, status === "published");
  if (status === "published") await claimAddress(tx, `/${path}`);
  const face = { title, audience, status };
  await announce(tx, piece, by, { before: { ...face, address: `/${old}` }, after: { ...face, address: `/${path}` } });
}
