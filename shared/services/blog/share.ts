import { type SQL, sql } from "drizzle-orm";
import type { Share } from "../../contracts/blog.ts";
import { type MEDIA_TYPES, mediaPath } from "../../models/media.ts";

type Stored = { sha256: string; contentType: keyof typeof MEDIA_TYPES } | null;
export type ShareRow = Omit<Share, "ogPicture" | "twitterPicture"> & { ogPicture: Stored; twitterPicture: Stored };

/** What search engines and links elsewhere are told of a piece, as one column. table: of the piece, as the query names it. */
export function shareColumn(table: "posts" | "p"): SQL<ShareRow> {
  const of = (column: string) => sql.raw(`${table}.${column}`);
  const picture = (column: string) =>
    sql`(select json_build_object('sha256', m.sha256, 'contentType', m.content_type) from media m where m.id = ${of(column)})`;
  return sql`json_build_object(
    'metaTitle', ${of("meta_title")}, 'metaDescription', ${of("meta_description")},
    'ogTitle', ${of("og_title")}, 'ogDescription', ${of("og_description")}, 'ogPicture', ${picture("og_picture_id")},
    'twitterTitle', ${of("twitter_title")}, 'twitterDescription', ${of("twitter_description")}, 'twitterPicture', ${picture("twitter_picture_id")})`;
}

/** The same with the pictures' paths. */
export function shareOf({ ogPicture, twitterPicture, ...words }: ShareRow): Share {
  return { ...words, ogPicture: ogPicture && mediaPath(ogPicture), twitterPicture: twitterPicture && mediaPath(twitterPicture) };
}
