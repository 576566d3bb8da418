import { and, eq, isNull, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import {
  MENU_LIMIT,
  type Menu,
  type MenuChange,
  type MenuResult,
  type MenuTarget,
  type NavigationService,
} from "../../contracts/navigation.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { menuItems, pages } from "../../models/blog.ts";
import { type MenuRow, readMenu, versionOf } from "./read-menu.ts";

/** One change to a menu, if it still is as its editor saw it. Writers of menus wait for each other. */
export function makeChangeMenu(audit: AuditService): NavigationService["changeMenu"] {
  return async (tx, { menu, expectedVersion, by, change }) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`menu ${menu}`}, 0))`);
    const rows = await readMenu(tx, menu);
    if (versionOf(rows) !== expectedVersion) return { kind: "conflict" };
    const result = await apply(tx, menu, rows, change);
    if (result.kind !== "changed") return result;
    const [before, after] = [rows, await readMenu(tx, menu)].map((state) => ({ items: state.map(({ label }) => label).join(", ") }));
    await audit.record(tx, {
      app: "blog",
      by,
      action: `${change.kind} menu item`,
      subject: `menu:${menu}`,
      reason: "",
      before: before ?? null,
      after: after ?? null,
    });
    purgeOnCommit(tx, ["menu"]);
    return result;
  };
}

async function apply(tx: Tx, menu: Menu, rows: readonly MenuRow[], change: MenuChange): Promise<MenuResult> {
  const ids = rows.map(({ id }) => id);
  if ((change.kind === "edit" || change.kind === "remove") && !ids.includes(change.id)) return { kind: "gone" };
  if ((change.kind === "add" || change.kind === "edit") && !(await leadsSomewhere(tx, change.target))) return { kind: "gone" };
  if (change.kind === "order") return order(tx, ids, change.ids);
  if (change.kind === "remove") await tx.delete(menuItems).where(eq(menuItems.id, change.id));
  else if (change.kind === "edit") await tx.update(menuItems).set(columnsOf(change)).where(eq(menuItems.id, change.id));
  else if (ids.length >= MENU_LIMIT) return { kind: "full" };
  else {
    const last = sql<number>`(select coalesce(max(position), 0) + 1 from menu_items where menu = ${menu})`;
    await tx.insert(menuItems).values({ menu, position: last, ...columnsOf(change) });
  }
  return { kind: "changed" };
}

function columnsOf({ label, target }: { label: string; target: MenuTarget }) {
  return target.kind === "page" ? { label, pageId: target.pageId, url: null } : { label, pageId: null, url: target.url };
}

/** A page that lies in the bin leads nowhere; one that is a draft is shown once it is published. */
async function leadsSomewhere(tx: Tx, target: MenuTarget): Promise<boolean> {
  if (target.kind === "address") return true;
  const isThere = and(eq(pages.id, target.pageId), isNull(pages.deletedAt));
  return (await tx.select({ id: pages.id }).from(pages).where(isThere).for("key share")).length > 0;
}

async function order(tx: Tx, ids: readonly number[], wanted: readonly number[]): Promise<MenuResult> {
  const isWhole = wanted.length === ids.length && new Set(wanted).size === ids.length && wanted.every((id) => ids.includes(id));
  if (!isWhole) return { kind: "gone" };
  const positions = sql`array_position(${sql.param(wanted)}::bigint[], ${menuItems.id})`;
  await tx
    .update(menuItems)
    .set({ position: positions })
    .where(sql`${menuItems.id} = any(${sql.param(wanted)}::bigint[])`);
  return { kind: "changed" };
}
