import type { Picture } from "../contracts/dto.ts";
import { media } from "../models/media.ts";

/** The columns to select for pictureOf; on a left join all of them are null together. */
export const pictureColumns = { sha256: media.sha256, width: media.width, height: media.height, alt: media.alt };

interface PictureRow {
  sha256: string;
  width: number | null;
  height: number | null;
  alt: string;
}

/** A stored picture as pages show it, null where there is none. alt: better words than the picture's own, where somebody wrote them. */
export function pictureOf(row: PictureRow | null, alt = ""): Picture | null {
  if (row === null || row.width === null || row.height === null) return null;
  return { url: `/media/${row.sha256.slice(0, 2)}/${row.sha256}.svg`, alt: alt || row.alt, width: row.width, height: row.height };
}
