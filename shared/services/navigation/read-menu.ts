import { createHash } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import type { Menu } from "../../contracts/navigation.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { menuItems, pages } from "../../models/blog.ts";
import type { PageId } from "../../models/ids.ts";

/** An item with the page it leads to. */
export interface MenuRow {
  id: number;
  label: string;
  pageId: PageId | null;
  url: string | null;
  page: { title: string; path: string; status: "draft" | "published" } | null;
}

/** The rows of a menu in its order. */
export function readMenu(db: Db | Tx, menu: Menu): Promise<MenuRow[]> {
  const page = { title: pages.title, path: pages.path, status: pages.status };
  return db
    .select({ id: menuItems.id, label: menuItems.label, pageId: menuItems.pageId, url: menuItems.url, page })
    .from(menuItems)
    .leftJoin(pages, eq(pages.id, menuItems.pageId))
    .where(eq(menuItems.menu, menu))
    .orderBy(asc(menuItems.position), asc(menuItems.id));
}

/** Names a state of a menu: what its items say, where they lead, and their order. */
export function versionOf(rows: readonly Pick<MenuRow, "id" | "label" | "pageId" | "url">[]): string {
  const state = rows.map(({ id, label, pageId, url }) => [id, label, pageId, url]);
  return createHash("sha256").update(JSON.stringify(state)).digest("base64url").slice(0, 16);
}
