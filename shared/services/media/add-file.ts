import { and, eq } from "drizzle-orm";
import type { StoredFile } from "../../contracts/media.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { MediaId, UserId } from "../../models/ids.ts";
import { media, mediaVariants } from "../../models/media.ts";
import { uploads } from "../../models/uploads.ts";

/** Writes down a stored file of the library with its variants, and who brought it first. The same bytes are one row. */
export async function addFile(tx: Tx, file: StoredFile, by: UserId | null): Promise<MediaId> {
  const id = await write(tx, file, { by, isListed: true });
  await tx
    .update(media)
    .set({ isListed: true })
    .where(and(eq(media.id, id), eq(media.isListed, false))); // somebody had it for themselves before
  return id;
}

/** The same of what a member brings for a post of their own: the library does not show it. */
export const addOwnFile = (tx: Tx, file: StoredFile, by: UserId): Promise<MediaId> => write(tx, file, { by, isListed: false });

interface Bringing {
  readonly by: UserId | null;
  readonly isListed: boolean;
}

async function write(tx: Tx, { variants, ...file }: StoredFile, { by, isListed }: Bringing): Promise<MediaId> {
  const [made] = await tx
    .insert(media)
    .values({ ...file, isListed })
    .onConflictDoNothing()
    .returning({ id: media.id });
  if (!made) return idOf(tx, file.sha256);
  const { id: mediaId } = made;
  if (variants.length > 0) await tx.insert(mediaVariants).values(variants.map((variant) => ({ mediaId, ...variant })));
  if (by !== null) await tx.insert(uploads).values({ mediaId, userId: by });
  return mediaId;
}

/** The row that was there before. One that is removed at this very moment is waited for and not found: nothing is written then. */
async function idOf(tx: Tx, sha256: string): Promise<MediaId> {
  const [known] = await tx.select({ id: media.id }).from(media).where(eq(media.sha256, sha256)).for("key share");
  if (!known) throw new Error(`media ${sha256} was removed while it was brought again`);
  return known.id;
}
