import { type SQL, sql } from "drizzle-orm";
import type { Picture } from "../contracts/dto.ts";
import { type MEDIA_TYPES, media, mediaPath, mediaVariants, type VariantType } from "../models/media.ts";

/** Format, width and hash of a picture's variants, narrowest first; null where there are none. */
const variants: SQL<[VariantType, number, string][] | null> = sql`(
  select json_agg(json_build_array(v.content_type, v.width, v.sha256) order by v.width)
  from ${mediaVariants} v where v.media_id = ${sql.raw("media.id")})`; // named with its table: inside a subquery a bare id is the nearest

/** The columns to select for pictureOf; on a left join all of them are null together. */
export const pictureColumns = {
  sha256: media.sha256,
  contentType: media.contentType,
  width: media.width,
  height: media.height,
  alt: media.alt,
  focalX: media.focalX,
  focalY: media.focalY,
  variants,
};

/** The same as one JSON object, where a statement reads from media; null where it finds none. */
export const pictureObject: SQL = sql`json_build_object('sha256', media.sha256, 'contentType', media.content_type, 'width', media.width,
  'height', media.height, 'alt', media.alt, 'focalX', media.focal_x, 'focalY', media.focal_y, 'variants', ${variants})`;

/** What pictureColumns give. */
export interface PictureRow {
  sha256: string;
  contentType: keyof typeof MEDIA_TYPES;
  width: number | null;
  height: number | null;
  alt: string;
  focalX: number;
  focalY: number;
  variants: [VariantType, number, string][] | null;
}

const FORMATS: readonly VariantType[] = ["image/avif", "image/webp", "image/jpeg"];
const PAGE_WIDTH = 1200;

/** A stored picture as pages show it, null where there is none. alt: better words than the picture's own, where somebody wrote them. */
export function pictureOf(row: PictureRow | null, alt = ""): Picture | null {
  if (row === null || row.width === null || row.height === null) return null;
  const { width, height, focalX, focalY } = row;
  const sources = FORMATS.map((type) => ({ type, srcset: srcsetOf(row, type) })).filter(({ srcset }) => srcset !== "");
  return { url: plainUrlOf(row), alt: alt || row.alt, width, height, focalX, focalY, sources };
}

function srcsetOf({ variants }: PictureRow, wanted: VariantType): string {
  return (variants ?? [])
    .filter(([contentType]) => contentType === wanted)
    .map(([contentType, width, sha256]) => `${mediaPath({ sha256, contentType })} ${width}w`)
    .join(", ");
}

/** What every reader can show, no larger than a page needs: a JPEG variant, or the file itself where it has none. */
function plainUrlOf(row: PictureRow): string {
  const fitting = (row.variants ?? []).filter(([contentType, width]) => contentType === "image/jpeg" && width <= PAGE_WIDTH);
  const [contentType, , sha256] = fitting.at(-1) ?? [];
  return contentType && sha256 ? mediaPath({ sha256, contentType }) : mediaPath(row);
}
