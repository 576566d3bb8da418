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
