import { inArray, or } from "drizzle-orm";
import type { Picture } from "../../contracts/dto.ts";
import type { Db } from "../../infrastructure/db.ts";
import { media, mediaVariants } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";

const STORED = /\/media\/[0-9a-f]{2}\/([0-9a-f]{64})\./;

/** The pictures of ours at these addresses, each under the address it was asked for; a variant's address gives the picture it is of. */
export async function listPicturesAt(db: Db, urls: readonly string[]): Promise<ReadonlyMap<string, Picture>> {
  const hashes = new Map(
    urls.flatMap(
      (url) =>
        STORED.exec(url)
          ?.slice(1)
          .map((sha256) => [url, sha256] as const) ?? [],
    ),
  );
  if (hashes.size === 0) return new Map();
  const wanted = [...new Set(hashes.values())];
  const ofVariants = db.select({ id: mediaVariants.mediaId }).from(mediaVariants).where(inArray(mediaVariants.sha256, wanted));
  const rows = await db
    .select({ ...pictureColumns })
    .from(media)
    .where(or(inArray(media.sha256, wanted), inArray(media.id, ofVariants)));
  const byHash = new Map(
    rows.flatMap((row) => [row.sha256, ...(row.variants ?? []).map((variant) => variant[2])].map((sha) => [sha, row])),
  );
  const pictures = [...hashes].map(([url, sha256]) => [url, pictureOf(byHash.get(sha256) ?? null)] as const);
  return new Map(pictures.flatMap(([url, picture]) => (picture === null ? [] : [[url, picture] as const])));
}
