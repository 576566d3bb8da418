import { and, desc, inArray, notInArray, or, type SQL, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import { type MediaFilter, type MediaList, mediaList } from "../../contracts/media.ts";
import type { Db } from "../../infrastructure/db.ts";
import { MEDIA_TYPES, type MediaKind, media } from "../../models/media.ts";
import { itemOf, selectItems } from "./items.ts";
import { usedIds } from "./used-ids.ts";

const PER_PAGE = 24;

/** One page of the library, newest first. */
export async function listItems(db: Db, filter: MediaFilter, page: number): Promise<MediaList> {
  const only = and(...conditions(filter));
  const total = await db.$count(media, only);
  const pageCount = Math.max(1, Math.ceil(total / PER_PAGE));
  if (page > pageCount) throw new CodedError("not-found", "The library does not go on this far.", { page });
  const rows = await selectItems(db)
    .where(only)
    .orderBy(desc(media.createdAt), desc(media.id))
    .limit(PER_PAGE)
    .offset((page - 1) * PER_PAGE);
  return mediaList.parse({ items: rows.map(itemOf), paging: { page, pageCount }, total });
}

function conditions({ words, kind, isUnused }: MediaFilter): (SQL | undefined)[] {
  const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return [
    sql`${media.isListed}`,
    words === "" ? undefined : or(sql`${media.name} ilike ${like}`, sql`${media.alt} ilike ${like}`),
    kind === null ? undefined : inArray(media.contentType, typesOf(kind)),
    isUnused ? notInArray(media.id, usedIds) : undefined,
  ];
}

function typesOf(wanted: MediaKind): (keyof typeof MEDIA_TYPES)[] {
  const types = Object.keys(MEDIA_TYPES) as (keyof typeof MEDIA_TYPES)[];
  return types.filter((type) => MEDIA_TYPES[type].kind === wanted);
}
