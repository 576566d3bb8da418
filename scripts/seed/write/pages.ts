import { menuItems, pages } from "@rose-ash/shared/models/blog.ts";
import type { PageId } from "@rose-ash/shared/models/ids.ts";
import { inArray } from "drizzle-orm";
import { MENU_ITEMS, readPages, type SeedPage } from "../content/pages.ts";
import type { SeedContext } from "../context.ts";
import { htmlOf } from "../html.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";

/** Makes the pages that are not there, and the menus when the first page is made. Returns how many pages it made. */
export async function writePages(context: SeedContext): Promise<number> {
  const all = readPages();
  const columns = { key: pages.path, id: pages.id };
  const paths = all.map((page) => page.path);
  const known = idsOf(await context.tx.select(columns).from(pages).where(inArray(pages.path, paths)));
  const missing = all.filter((page) => !known.has(page.path));
  const roots = await insert(
    context,
    missing.filter((page) => page.parent === null),
    known,
  );
  const ids = await insert(
    context,
    missing.filter((page) => page.parent !== null),
    roots,
  );
  if (known.size === 0) await writeMenus(context, ids);
  return missing.length;
}

/** Inserts pages whose parents are all in `known`; returns those and the new ones. */
async function insert({ tx }: SeedContext, missing: readonly SeedPage[], known: Ids<PageId>): Promise<Ids<PageId>> {
  if (missing.length === 0) return known;
  const rows = missing.map(({ path, parent, title, summary, position, markdown }) => ({
    ...{ path, title, summary, position, html: htmlOf(markdown) },
    parentId: parent === null ? null : idOf(known, parent),
  }));
  const made = idsOf(await tx.insert(pages).values(rows).returning({ key: pages.path, id: pages.id }));
  return new Map([...known, ...made]);
}

async function writeMenus({ tx }: SeedContext, ids: Ids<PageId>): Promise<void> {
  await tx
    .insert(menuItems)
    .values(MENU_ITEMS.map(({ menu, label, path }, position) => ({ menu, label, pageId: idOf(ids, path), position })));
}
