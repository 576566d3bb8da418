import { inArray } from "drizzle-orm";
import type { Db } from "../../infrastructure/db.ts";
import { media, mediaVariants } from "../../models/media.ts";
import { remotePictures } from "../../models/remote-pictures.ts";

/** Which of these names, "<sha256>.<extension>", belong to no file, variant or copy that is written down. */
export async function listUnknown(db: Db, names: readonly string[]): Promise<readonly string[]> {
  const hashes = [...new Set(names.map(hashOf))];
  if (hashes.length === 0) return [];
  const [files, variants, copies] = await Promise.all([
    db.select({ sha256: media.sha256 }).from(media).where(inArray(media.sha256, hashes)),
    db.selectDistinct({ sha256: mediaVariants.sha256 }).from(mediaVariants).where(inArray(mediaVariants.sha256, hashes)),
    db.selectDistinct({ sha256: remotePictures.sha256 }).from(remotePictures).where(inArray(remotePictures.sha256, hashes)),
  ]);
  const known = new Set([...files, ...variants, ...copies].map(({ sha256 }) => sha256));
  return names.filter((name) => !known.has(hashOf(name)));
}

function hashOf(name: string): string {
  return name.slice(0, 64);
}
