import { eq } from "drizzle-orm";
import { type MediaItem, mediaItem } from "../../contracts/media.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { users } from "../../models/identity.ts";
import type { MediaId } from "../../models/ids.ts";
import { MEDIA_TYPES, media, mediaPath } from "../../models/media.ts";
import { uploads } from "../../models/uploads.ts";
import { type PictureRow, pictureColumns, pictureOf } from "../pictures.ts";

const columns = {
  ...pictureColumns,
  id: media.id,
  name: media.name,
  byteLength: media.byteLength,
  createdAt: media.createdAt,
  broughtBy: users.name,
};

type ItemRow = PictureRow & { id: MediaId; name: string; byteLength: number; createdAt: Date; broughtBy: string | null };

/** Files as the library shows them, joined with who brought each. */
export function selectItems(db: Db | Tx) {
  return db.select(columns).from(media).leftJoin(uploads, eq(uploads.mediaId, media.id)).leftJoin(users, eq(users.id, uploads.userId));
}

/** A row of selectItems as callers get it. */
export function itemOf(row: ItemRow): MediaItem {
  return mediaItem.parse({ ...row, kind: MEDIA_TYPES[row.contentType].kind, url: mediaPath(row), picture: pictureOf(row) });
}
