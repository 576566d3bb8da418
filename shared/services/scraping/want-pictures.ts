import { sql } from "drizzle-orm";
import type { ScrapingService } from "../../contracts/scraping.ts";
import { MOST_PICTURES } from "../../contracts/shelf.ts";
import { wantedPictures } from "../../models/scraping.ts";

/** Asks for each picture once; one that failed is tried again. blog hears of them and brings them, in this order. */
export const wantPictures: ScrapingService["wantPictures"] = async (tx, { productId, urls }) => {
  const each = [...new Set(urls)].slice(0, MOST_PICTURES);
  if (each.length === 0) return;
  await tx
    .insert(wantedPictures)
    .values(each.map((url) => ({ productId, url })))
    .onConflictDoUpdate({
      target: [wantedPictures.productId, wantedPictures.url],
      set: { state: "waiting", attempts: 0, notBefore: sql`now()`, note: "" },
      setWhere: sql`${wantedPictures.state} = 'failed'`,
    });
  await tx.execute(sql`select pg_notify('pictures', '')`);
};
