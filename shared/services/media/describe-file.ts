import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { MediaWords } from "../../contracts/media.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { MediaId, UserId } from "../../models/ids.ts";
import { media } from "../../models/media.ts";

/** Says something else of a file than before, which the log keeps: every page that shows it shows the new words. */
export async function describeFile(
  tx: Tx,
  audit: AuditService,
  { id, words: { alt, focalX, focalY }, by }: { id: MediaId; words: MediaWords; by: UserId },
): Promise<{ kind: "changed" | "same" | "gone" }> {
  const columns = { alt: media.alt, focalX: media.focalX, focalY: media.focalY };
  const [before] = await tx.select(columns).from(media).where(eq(media.id, id)).for("no key update");
  if (!before) return { kind: "gone" };
  const after = { alt, focalX, focalY };
  if (isDeepStrictEqual(before, after)) return { kind: "same" };
  await tx.update(media).set(after).where(eq(media.id, id));
  await audit.record(tx, { app: "blog", by, action: "describe file", subject: `media:${id}`, reason: "", before, after });
  return { kind: "changed" };
}
