import { sql } from "drizzle-orm";
import type { MediaService } from "../../contracts/media.ts";
import type { Db } from "../../infrastructure/db.ts";
import { media, mediaVariants } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";

const STORED = /\/media\/[0-9a-f]{2}\/([0-9a-f]{64})\./;

/**
 * The pictures of ours at some addresses, each under the address it was asked for; a variant's address gives the picture it is of.
 * Prepared once: every page whose text shows pictures asks.
 */
export function makeListPicturesAt(db: Db): MediaService["listPicturesAt"] {
  const wanted = sql`any(${sql.placeholder("wanted")}::text[])`;
  const query = db
    .select({ ...pictureColumns })
    .from(media)
    .where(
      sql`${media.sha256} = ${wanted} or ${media.id} in (select ${mediaVariants.mediaId} from ${mediaVariants} where ${mediaVariants.sha256} = ${wanted})`,
    )
    .prepare("media_pictures_at");
  return async (urls) => {
    const hashes = new Map(urls.flatMap((url) => [...(STORED.exec(url)?.slice(1) ?? [])].map((sha256) => [url, sha256] as const)));
    if (hashes.size === 0) return new Map();
    const rows = await query.execute({ wanted: [...new Set(hashes.values())] });
    const byHash = new Map(
      rows.flatMap((row) => [row.sha256, ...(row.variants ?? []).map(([, , sha256]) => sha256)].map((sha256) => [sha256, row])),
    );
    const pictures = [...hashes].map(([url, sha256]) => [url, pictureOf(byHash.get(sha256) ?? null)] as const);
    return new Map(pictures.flatMap(([url, picture]) => (picture === null ? [] : [[url, picture] as const])));
  };
}
