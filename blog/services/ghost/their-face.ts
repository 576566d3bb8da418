import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { withoutOrigin } from "./addresses.ts";
import { bySecond, type Face } from "./face.ts";
import type { GhostPiece } from "./resources.ts";

/** Begins the slug of the tag that names a piece until it is known to be in Ghost. */
export const SYNC_TAG = "#sync-";

/** A piece of Ghost's as it is compared. What was sent as a mail only is a draft on the web. */
export function theirFace(piece: GhostPiece, ghostUrl: string): Face {
  const status = piece.status === "sent" ? "draft" : piece.status;
  return {
    ...{ title: piece.title, slug: piece.slug, excerpt: piece.custom_excerpt, status, featured: piece.featured },
    text: withoutOrigin(textOf(piece), ghostUrl),
    publishedAt: status === "draft" ? "" : bySecond(dateOf(piece.published_at)),
    visibility: piece.visibility || "public",
    tags: piece.tags.map(({ name }) => name).filter((name) => !name.startsWith(SYNC_TAG)),
    authors: piece.authors.map(({ email }) => email.toLowerCase()),
    canonicalUrl: piece.canonical_url,
    picture: withoutOrigin(piece.feature_image, ghostUrl),
    pictureAlt: piece.feature_image_alt,
    pictureCaption: piece.feature_image_caption,
  };
}

/** The document; the HTML of a piece that has none, or one that can't be read. */
function textOf({ lexical, html }: GhostPiece): LexicalDocument | string {
  if (lexical === "") return html;
  try {
    return JSON.parse(lexical);
  } catch {
    return html;
  }
}

function dateOf(written: string): Date | null {
  const date = new Date(written);
  return Number.isNaN(date.getTime()) ? null : date;
}
