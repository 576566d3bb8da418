import { and, eq, or, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { MediaService } from "../../contracts/media.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { media } from "../../models/media.ts";
import { uploads } from "../../models/uploads.ts";
import { addFile, addOwnFile } from "./add-file.ts";
import { describeFile } from "./describe-file.ts";
import { itemOf, selectItems } from "./items.ts";
import { listItems } from "./list-items.ts";
import { makeListPicturesAt } from "./list-pictures-at.ts";
import { listUnknown } from "./list-unknown.ts";
import { isUsed, listUses } from "./list-uses.ts";
import { listPicturesToChoose } from "./pictures-to-choose.ts";
import { usedIds } from "./used-ids.ts";

/** Whatever may show a picture. */
const SHOWN = ["posts", "menu", "shop", "calendar", "timeline"] as const;

/** The media library over PostgreSQL. */
export function makeMediaService(
  { db, publicUrl }: ServiceDeps,
  { audit, relations }: { audit: AuditService; relations: RelationsService },
): MediaService {
  const gone = (id: number) => new CodedError("not-found", "This file is not in the library.", { id });
  return {
    addFile,
    addOwnFile,
    async getItem(id, by) {
      const isTheirs = by === undefined ? undefined : eq(uploads.userId, by);
      const [row] = await selectItems(db).where(and(eq(media.id, id), or(media.isListed, isTheirs)));
      if (!row) throw gone(id);
      return itemOf(row);
    },
    listItems: (filter, page) => listItems(db, filter, page),
    listPicturesToChoose: (words, chosen) => listPicturesToChoose(db, words, chosen),
    listUses: (id, viewer) => listUses({ db, publicUrl, relations }, id, viewer),
    async mayDescribe(id, by) {
      const isListed = and(eq(media.id, id), media.isListed);
      if ((await relations.may(by, "edit", "blog")) && (await db.$count(media, isListed)) > 0) return true;
      const isTheirs = and(eq(uploads.mediaId, id), eq(uploads.userId, by));
      return (await db.select({ id: uploads.mediaId }).from(uploads).where(isTheirs)).length > 0;
    },
    async describe(tx, id, words, by) {
      const described = await describeFile(tx, audit, { id, words, by });
      if (described.kind === "gone") throw gone(id);
      if (described.kind === "changed") purgeOnCommit(tx, SHOWN);
    },
    async remove(tx, id, by) {
      const columns = { name: media.name, sha256: media.sha256, contentType: media.contentType };
      const [row] = await tx
        .select(columns)
        .from(media)
        .where(and(eq(media.id, id), media.isListed))
        .for("update");
      if (!row) throw gone(id);
      if (await isUsed(tx, id)) return { kind: "in-use" };
      await tx.delete(media).where(eq(media.id, id));
      await audit.record(tx, { app: "blog", by, action: "remove file", subject: `media:${id}`, reason: "", before: row, after: null });
      return { kind: "removed" };
    },
    async removeLeft(tx, before) {
      const { rowCount } = await tx.execute(sql`delete from media where not is_listed and created_at < ${before} and id not in ${usedIds}`);
      return rowCount ?? 0;
    },
    listPicturesAt: makeListPicturesAt(db),
    listUnknown: (names) => listUnknown(db, names),
  };
}
