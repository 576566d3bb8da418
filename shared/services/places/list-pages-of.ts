import { sql } from "drizzle-orm";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { MarketPlaceId } from "../../models/ids.ts";

/** The pages for everybody that show it. */
export async function listPagesOf({ db, publicUrl }: Pick<ServiceDeps, "db" | "publicUrl">, id: MarketPlaceId) {
  const { rows } = await db.execute<{ title: string; path: string }>(sql`
    select title, path from containments join pages on pages.id = page_id
    where market_place_id = ${id} and status = 'published' and audience is null order by path`);
  return rows.map(({ title, path }) => ({ name: title, url: publicUrl("blog", `/${path}`) }));
}

const MOST_ENTRIES = 2;

/** Slugs of confirmed entries that stand beside it on a page for everybody, and have not ended: the soonest first. */
export async function listEntriesBeside({ db, clock }: Pick<ServiceDeps, "db" | "clock">, id: MarketPlaceId): Promise<string[]> {
  const now = clock.now().toISOString();
  const { rows } = await db.execute<{ slug: string }>(sql`
    select entry.slug from containments as place join pages on pages.id = place.page_id join containments as beside on beside.page_id = place.page_id
    join calendar_entries as entry on entry.id = beside.entry_id
    join occurrences as its on its.entry_id = entry.id and its.ends_at > ${now}::timestamptz and not its.is_cancelled
    where place.market_place_id = ${id} and pages.status = 'published' and pages.audience is null and entry.status = 'confirmed'
    group by entry.id order by min(its.starts_at), entry.id limit ${MOST_ENTRIES}`);
  return rows.map(({ slug }) => slug);
}
