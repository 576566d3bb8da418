import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import { media } from "@rose-ash/shared/models/media.ts";
import { inArray } from "drizzle-orm";
import { type Ids, idOf, idsOf } from "../keyed.ts";
import { drawAll } from "../pictures/index.ts";

/** Draws every picture, stores it under the hash of its bytes, and gives the ids by the pictures' names. */
export async function writeMedia(tx: Tx, mediaDir: string): Promise<{ pictures: Ids<MediaId>; inserted: number }> {
  const drawn = drawAll().map((picture) => ({ ...picture, bytes: Buffer.from(picture.svg) }));
  const stored = drawn.map((picture) => ({ ...picture, sha256: store(mediaDir, picture.bytes) }));
  const columns = { key: media.sha256, id: media.id };
  const hashes = stored.map((picture) => picture.sha256);
  const known = await tx.select(columns).from(media).where(inArray(media.sha256, hashes));
  const isKnown = new Set(known.map((row) => row.key));
  const rows = stored
    .filter((picture) => !isKnown.has(picture.sha256))
    .map(({ sha256, width, height, alt, bytes }) => ({
      sha256,
      contentType: "image/svg+xml" as const,
      width,
      height,
      byteLength: bytes.length,
      alt,
    }));
  const made = rows.length === 0 ? [] : await tx.insert(media).values(rows).onConflictDoNothing().returning(columns);
  const bySha = idsOf(known, made);
  return { pictures: new Map(stored.map(({ name, sha256 }) => [name, idOf(bySha, sha256)])), inserted: made.length };
}

/** Writes the bytes unless they are there, complete or not at all; returns their hash. */
function store(mediaDir: string, bytes: Buffer): string {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const folder = join(mediaDir, sha256.slice(0, 2));
  const file = join(folder, `${sha256}.svg`);
  if (existsSync(file)) return sha256;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, bytes);
  renameSync(`${file}.${process.pid}`, file);
  return sha256;
}
