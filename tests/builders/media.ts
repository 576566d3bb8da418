import { createHash } from "node:crypto";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { StoredFile } from "../../shared/contracts/media.ts";
import type { MediaId } from "../../shared/models/ids.ts";
import { media } from "../../shared/models/media.ts";

/** The hash of some words, as a file's name. */
export function shaOf(words: string): string {
  return createHash("sha256").update(words).digest("hex");
}

/** A photograph in the store with its smaller sizes, as the intake gives it. */
export function aStoredPhoto(of: string): StoredFile {
  const variant = (contentType: "image/avif" | "image/jpeg", width: number) => ({
    sha256: shaOf(`${of} ${contentType} ${width}`),
    contentType,
    byteLength: width * 10,
    width,
    height: width / 2,
  });
  const variants = [variant("image/avif", 400), variant("image/avif", 800), variant("image/jpeg", 400), variant("image/jpeg", 800)];
  return { sha256: shaOf(of), contentType: "image/jpeg", byteLength: 90_000, name: `${of}.jpg`, width: 1600, height: 800, variants };
}

/** A file in the library, without its bytes. */
export async function aFile(db: NodePgDatabase, file: Partial<typeof media.$inferInsert> & { name: string }): Promise<MediaId> {
  const row = { sha256: shaOf(file.name), contentType: "application/pdf" as const, byteLength: 12, ...file };
  const [made] = await db.insert(media).values(row).returning({ id: media.id });
  if (!made) throw new Error("the row was not made");
  return made.id;
}
