import { and, eq, inArray } from "drizzle-orm";
import type { ClientApiService, ClientUpload } from "../../contracts/client-api.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { clientUploads } from "../../models/client-api.ts";
import type { MediaId, UserId } from "../../models/ids.ts";
import { media } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";

type Uploads = Pick<ClientApiService, "keepUpload" | "describeUpload" | "findUploads" | "dropUpload">;

const isIt = (userId: UserId, mediaId: MediaId) => and(eq(clientUploads.userId, userId), eq(clientUploads.mediaId, mediaId));

export function makeUploads({ db, clock }: ServiceDeps): Uploads {
  return {
    async keepUpload(tx, userId, mediaId, description) {
      const set = { description, createdAt: clock.now() };
      const target = [clientUploads.userId, clientUploads.mediaId];
      await tx
        .insert(clientUploads)
        .values({ userId, mediaId, ...set })
        .onConflictDoUpdate({ target, set });
    },
    async describeUpload(tx, userId, mediaId, description) {
      const { rowCount } = await tx.update(clientUploads).set({ description }).where(isIt(userId, mediaId));
      return rowCount === 1;
    },
    async findUploads(userId, mediaIds) {
      if (mediaIds.length === 0) return [];
      const rows = await db
        .select({ mediaId: clientUploads.mediaId, description: clientUploads.description, picture: pictureColumns })
        .from(clientUploads)
        .innerJoin(media, eq(media.id, clientUploads.mediaId))
        .where(and(eq(clientUploads.userId, userId), inArray(clientUploads.mediaId, [...mediaIds])));
      return mediaIds.flatMap((mediaId): ClientUpload[] => {
        const row = rows.find((one) => one.mediaId === mediaId);
        const picture = row === undefined ? null : pictureOf(row.picture, row.description);
        return row === undefined || picture === null ? [] : [{ mediaId, description: row.description, picture }];
      });
    },
    async dropUpload(tx, userId, mediaId) {
      const { rowCount } = await tx.delete(clientUploads).where(isIt(userId, mediaId));
      return rowCount === 1;
    },
  };
}
