import { asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { GhostLink, GhostLinkList, GhostLinkView, GhostListed, GhostSettlement, GhostSide } from "../../contracts/ghost.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceKind, PieceRef } from "../../contracts/writing.ts";
import type { Db } from "../../infrastructure/db.ts";
import { ghostLinks } from "../../models/ghost.ts";
import type { GhostLinkId } from "../../models/ids.ts";

const { id, kind, ghostId, postId, pageId, syncKey, agreed, theirUpdatedAt, asked, isEnded, wants, attempts } = ghostLinks;
const linkColumns = { id, kind, ghostId, postId, pageId, syncKey, agreed, theirUpdatedAt, asked, isEnded, wants, attempts };

export async function findLink(db: Db, link: GhostLinkId): Promise<GhostLink | null> {
  const [found] = await db.select(linkColumns).from(ghostLinks).where(eq(ghostLinks.id, link));
  return found ?? null;
}

/** Those of these pieces that are known. */
export async function findLinksTo(db: Db, pieces: readonly { kind: PieceKind; ghostId: string }[]): Promise<GhostLink[]> {
  if (pieces.length === 0) return [];
  const column = (key: "kind" | "ghostId") => sql`${sql.param(pieces.map((piece) => piece[key]))}::text[]`;
  return db
    .select(linkColumns)
    .from(ghostLinks)
    .where(sql`(${kind}, ${ghostId}) in (select * from unnest(${column("kind")}, ${column("ghostId")}))`);
}

/** Whose sync key this is. */
export async function findLinkBySyncKey(db: Db, key: string): Promise<GhostLink | null> {
  const [found] = await db.select(linkColumns).from(ghostLinks).where(sql`${syncKey}::text = ${key}`);
  return found ?? null;
}

/** Holds a link until the transaction ends. */
export async function holdLink(tx: Tx, link: GhostLinkId): Promise<GhostLink | null> {
  const [found] = await tx.select(linkColumns).from(ghostLinks).where(eq(ghostLinks.id, link)).for("update");
  return found ?? null;
}

export async function linkPiece(tx: Tx, link: GhostLinkId, piece: PieceRef): Promise<void> {
  await tx
    .update(ghostLinks)
    .set(piece.kind === "post" ? { postId: piece.id } : { pageId: piece.id })
    .where(eq(ghostLinks.id, link));
}

export async function dropLink(tx: Tx, link: GhostLinkId): Promise<void> {
  await tx.delete(ghostLinks).where(eq(ghostLinks.id, link));
}

export function listDue(db: Db, limit: number): Promise<GhostLink[]> {
  return db
    .select(linkColumns)
    .from(ghostLinks)
    .where(lte(ghostLinks.wantedAt, sql`now()`))
    .orderBy(asc(ghostLinks.wantedAt), asc(ghostLinks.id))
    .limit(limit);
}

/** Notes what a list of Ghost's says, and wants what it says otherwise than before. An ended link stays so. */
export async function noteListed(tx: Tx, listed: readonly GhostListed[], sweep: number | null): Promise<number> {
  if (listed.length === 0) return 0;
  const column = (key: keyof GhostListed) => sql`${sql.param(listed.map((one) => one[key]))}::text[]`;
  const { rows } = await tx.execute<{ count: string }>(sql`
    with seen as (
      select * from unnest(${column("kind")}, ${column("ghostId")}, ${column("title")}, ${column("digest")}) as t(kind, ghost_id, title, digest)
    ), known as (
      select seen.*, links.id, links.listed is distinct from seen.digest and links.is_ended is not true as is_wanted
      from seen left join ghost_links links on links.kind = seen.kind and links.ghost_id = seen.ghost_id
    ), written as (
      insert into ghost_links (kind, ghost_id, title, listed, sweep, wanted_at, wants)
      select kind, ghost_id, title, digest, coalesce(${sweep}::int, 0), now(), 1 from known
      on conflict (kind, ghost_id) do update set
        listed = excluded.listed, title = excluded.title,
        sweep = coalesce(${sweep}::int, ghost_links.sweep),
        wanted_at = case when ghost_links.listed is distinct from excluded.listed and not ghost_links.is_ended then now() else ghost_links.wanted_at end,
        wants = ghost_links.wants + (case when ghost_links.listed is distinct from excluded.listed then 1 else 0 end)
    )
    select count(*) filter (where is_wanted) as count from known`);
  return Number(rows[0]?.count);
}

/** Wants pieces now. Whoever has one in hand finds that it was asked for again. */
export async function wantPiece(tx: Tx, piece: { kind: PieceKind; ghostId: string }): Promise<void> {
  await tx.execute(sql`
    insert into ghost_links (kind, ghost_id, wanted_at, wants) values (${piece.kind}, ${piece.ghostId}, now(), 1)
    on conflict (kind, ghost_id) do update set wanted_at = now(), wants = ghost_links.wants + 1 where not ghost_links.is_ended`);
}

/** Wants one link, also after it was given up; to be as on this side, where one is named. */
export async function wantLink(tx: Tx, link: GhostLinkId, side: GhostSide | null): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    update ghost_links set wanted_at = now(), wants = wants + 1, attempts = 0, trouble = null, asked = ${side}
    where id = ${link} and not is_ended`);
  return rowCount === 1;
}

/** Wants every link that differs, to be as on this side. */
export async function wantDiffering(tx: Tx, side: GhostSide): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update ghost_links set wanted_at = now(), wants = wants + 1, attempts = 0, trouble = null, asked = ${side}
    where differing <> '[]' and not is_ended`);
  return rowCount ?? 0;
}

/** Wants every piece that a sweep did not meet. */
export async function wantUnmet(tx: Tx, sweep: number): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update ghost_links set wanted_at = now(), wants = wants + 1
    where ghost_id is not null and sweep < ${sweep} and not is_ended`);
  return rowCount ?? 0;
}

/**
 * Wants what was changed here since both sides agreed (an instant of ours has milliseconds), and links what was published or
 * changed here since the start. A piece that was here before is linked when somebody changes it.
 */
export async function noteOurs(tx: Tx): Promise<number> {
  let found = 0;
  for (const [piece, table, column] of [
    ["post", sql`posts`, sql`post_id`],
    ["page", sql`pages`, sql`page_id`],
  ] as const) {
    const changed = await tx.execute(sql`
      update ghost_links set wanted_at = now(), wants = ghost_links.wants + 1
      from ${table} ours
      where ours.id = ghost_links.${column} and ghost_links.wanted_at is null and not ghost_links.is_ended
        and ghost_links.agreed is not null
        and date_trunc('milliseconds', ours.updated_at) is distinct from date_trunc('milliseconds', ghost_links.our_updated_at)`);
    const fresh = await tx.execute(sql`
      insert into ghost_links (kind, ${column}, title, wanted_at, wants)
      select ${piece}, ours.id, ours.title, now(), 1
      from ${table} ours join ghost_state on ours.updated_at > ghost_state.started_at
      where ours.status <> 'draft' and not exists (select from ghost_links where ghost_links.${column} = ours.id)
      on conflict do nothing`);
    found += (changed.rowCount ?? 0) + (fresh.rowCount ?? 0);
  }
  return found;
}

/** Links a piece of Ghost's that no list has shown yet. */
export async function ensureLink(tx: Tx, piece: { kind: PieceKind; ghostId: string; title: string }): Promise<GhostLink> {
  await tx.insert(ghostLinks).values(piece).onConflictDoNothing();
  const [found] = await tx
    .select(linkColumns)
    .from(ghostLinks)
    .where(sql`${ghostLinks.kind} = ${piece.kind} and ${ghostLinks.ghostId} = ${piece.ghostId}`);
  if (found === undefined) throw new Error("the link was not made");
  return found;
}

/** Writes down what came of a comparison. What was asked for meanwhile stays wanted. */
export async function settle(tx: Tx, link: Pick<GhostLink, "id" | "wants">, settlement: GhostSettlement): Promise<void> {
  if (settlement.ghostId != null) {
    await tx.execute(sql`
      delete from ghost_links stray using ghost_links own
      where own.id = ${link.id} and stray.id <> own.id and stray.kind = own.kind and stray.ghost_id = ${settlement.ghostId}
        and stray.post_id is null and stray.page_id is null`);
  }
  await tx
    .update(ghostLinks)
    .set({
      ...settlement,
      ...{ attempts: 0, trouble: null, comparedAt: sql`now()` },
      asked: sql`case when ${ghostLinks.wants} = ${link.wants} then null else ${ghostLinks.asked} end`,
      wantedAt: sql`case when ${ghostLinks.wants} = ${link.wants} then null else ${ghostLinks.wantedAt} end`,
    })
    .where(eq(ghostLinks.id, link.id));
}

/** Has it done again then. */
export async function postpone(tx: Tx, link: Pick<GhostLink, "id">, { at, trouble }: { at: Date; trouble: string | null }): Promise<void> {
  await tx
    .update(ghostLinks)
    .set({ wantedAt: at, ...(trouble !== null && { trouble: trouble.slice(0, 500), attempts: sql`${ghostLinks.attempts} + 1` }) })
    .where(eq(ghostLinks.id, link.id));
}

/** What lists for editors show. */
const viewColumns = {
  ...{ id, kind, ghostId, title: ghostLinks.title, note: ghostLinks.note, trouble: ghostLinks.trouble, attempts, isEnded },
  ...{ wantedAt: ghostLinks.wantedAt, comparedAt: ghostLinks.comparedAt, differing: ghostLinks.differing },
  pieceId: sql<number | null>`coalesce(${ghostLinks.postId}, ${ghostLinks.pageId})`.mapWith(Number),
};

/** Throws not-found. */
export async function getLinkView(db: Db, link: GhostLinkId): Promise<GhostLinkView> {
  const [found] = await db.select(viewColumns).from(ghostLinks).where(eq(ghostLinks.id, link));
  if (found === undefined) throw new CodedError("not-found", "There is no such piece.", { link });
  return found;
}

export async function listLinks(db: Db, which: GhostLinkList, limit: number) {
  const query = db.select(viewColumns).from(ghostLinks).$dynamic();
  if (which === "failing")
    return query.where(isNotNull(ghostLinks.trouble)).orderBy(asc(ghostLinks.wantedAt), asc(ghostLinks.id)).limit(limit);
  const newest = [sql`${ghostLinks.comparedAt} desc nulls last`, asc(ghostLinks.id)];
  if (which === "recent")
    return query
      .where(isNotNull(ghostLinks.comparedAt))
      .orderBy(...newest)
      .limit(limit);
  const isListed = which === "noted" ? sql`${ghostLinks.note} <> ''` : sql`${ghostLinks.differing} <> '[]' and not ${isEnded}`;
  return query
    .where(isListed)
    .orderBy(sql`${ghostLinks.differing} = '[]'`, ...newest)
    .limit(limit);
}
