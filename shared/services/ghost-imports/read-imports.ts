import { and, asc, desc, eq, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { GhostImport, GhostImportItem, GhostPlan, WaitingItem } from "../../contracts/ghost-imports.ts";
import type { Db } from "../../infrastructure/db.ts";
import { ghostImportItems, ghostImports } from "../../models/ghost.ts";
import type { GhostImportId } from "../../models/ids.ts";
import { LEFT_NOTE } from "./left-note.ts";

const counted = (of: string) => sql<number>`count(*) filter (where ${sql.raw(of)})`.mapWith(Number);
const COLUMNS = {
  ...{ id: ghostImports.id, name: ghostImports.name, siteUrl: ghostImports.siteUrl, ghostVersion: ghostImports.ghostVersion },
  ...{ exportedAt: ghostImports.exportedAt, state: ghostImports.state, trouble: ghostImports.trouble },
  ...{ createdAt: ghostImports.createdAt, endedAt: ghostImports.endedAt },
  ...{ make: counted("plan = 'make'"), change: counted("plan = 'change'"), same: counted("plan = 'same'"), skip: counted("plan = 'skip'") },
  ...{ waiting: counted("ghost_import_items.state = 'waiting'"), failed: counted("ghost_import_items.state = 'failed'") },
  left: counted(`ghost_import_items.note = '${LEFT_NOTE}'`),
};

function select(db: Db) {
  return db
    .select(COLUMNS)
    .from(ghostImports)
    .leftJoin(ghostImportItems, eq(ghostImportItems.importId, ghostImports.id))
    .groupBy(ghostImports.id)
    .$dynamic();
}

export async function listImports(db: Db, limit: number): Promise<GhostImport[]> {
  const rows = await select(db).orderBy(desc(ghostImports.id)).limit(limit);
  return rows.map(importOf);
}

export async function getImport(db: Db, id: GhostImportId): Promise<GhostImport> {
  const [row] = await select(db).where(eq(ghostImports.id, id));
  if (row === undefined) throw new CodedError("not-found", "There is no such file.", { id });
  return importOf(row);
}

function importOf({ make, change, same, skip, ...row }: Omit<GhostImport, "plans"> & GhostImport["plans"]): GhostImport {
  return { ...row, plans: { make, change, same, skip } };
}

export function listItems(db: Db, id: GhostImportId, plan: GhostPlan | null, limit: number): Promise<GhostImportItem[]> {
  const { importId: _id, ghostId: _theirs, piece: _piece, ...columns } = itemColumns;
  const which = plan === null ? eq(ghostImportItems.state, "failed") : eq(ghostImportItems.plan, plan);
  return db
    .select(columns)
    .from(ghostImportItems)
    .where(and(eq(ghostImportItems.importId, id), which))
    .orderBy(sql`${ghostImportItems.reasons} = '[]' and ${ghostImportItems.note} = ''`, asc(ghostImportItems.id))
    .limit(limit);
}

const itemColumns = {
  ...{ id: ghostImportItems.id, importId: ghostImportItems.importId, kind: ghostImportItems.kind, ghostId: ghostImportItems.ghostId },
  ...{ title: ghostImportItems.title, slug: ghostImportItems.slug, plan: ghostImportItems.plan, reasons: ghostImportItems.reasons },
  ...{ piece: ghostImportItems.piece, state: ghostImportItems.state, note: ghostImportItems.note },
};

export function listWaiting(db: Db, id: GhostImportId, limit: number): Promise<WaitingItem[]> {
  const { kind, ghostId, title, piece } = itemColumns;
  return db
    .select({ id: ghostImportItems.id, kind, ghostId, title, piece })
    .from(ghostImportItems)
    .where(and(eq(ghostImportItems.importId, id), eq(ghostImportItems.state, "waiting")))
    .orderBy(asc(ghostImportItems.id))
    .limit(limit);
}

/** What is here already has its own address; what is still to come will have the one of its file, if nobody has that. */
export async function listAddresses(db: Db, id: GhostImportId): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.execute<{ slug: string; address: string }>(sql`
    select items.slug, coalesce('/posts/' || posts.slug, '/' || pages.path, case items.kind when 'post' then '/posts/' else '/' end || items.slug) as address
    from ghost_import_items items
    left join ghost_links links on links.kind = items.kind and links.ghost_id = items.ghost_id
    left join posts on posts.id = links.post_id left join pages on pages.id = links.page_id
    where items.import_id = ${id} and items.slug <> ''
    order by items.id`);
  return new Map(rows.map(({ slug, address }) => [slug, address]));
}

export async function listTaken(db: Db, addresses: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute<{ address: string }>(sql`
    select address from unnest(${sql.param([...addresses])}::text[]) as address
    where exists (select from posts where '/posts/' || posts.slug = address and posts.slug = substr(address, 8))
      or exists (select from pages where pages.path = substr(address, 2))`);
  return rows.map(({ address }) => address);
}
