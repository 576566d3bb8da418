import { DOCUMENT_LIMITS } from "@rose-ash/shared/contracts/rendering.ts";
import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { withoutOrigin } from "./addresses.ts";
import { bySecond, type Face } from "./face.ts";
import { NotTaken } from "./not-taken.ts";
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
    ...{ metaTitle: piece.meta_title, metaDescription: piece.meta_description },
    ...{ ogTitle: piece.og_title, ogDescription: piece.og_description, ogPicture: withoutOrigin(piece.og_image, ghostUrl) },
    ...{ twitterTitle: piece.twitter_title, twitterDescription: piece.twitter_description },
    twitterPicture: withoutOrigin(piece.twitter_image, ghostUrl),
  };
}

/** The document; the HTML of a piece that has none, or one that can't be read. Throws NotTaken where it is deeper than any that is shown. */
function textOf({ lexical, html }: GhostPiece): LexicalDocument | string {
  if (lexical === "") return html;
  const document = parse(lexical);
  if (typeof document !== "object" || document === null) return html;
  if (isDeep(document)) throw new NotTaken(`Its text is nested deeper than ${DOCUMENT_LIMITS.depth} levels.`);
  return document as LexicalDocument; // what renders it looks into it
}

function parse(lexical: string): unknown {
  try {
    return JSON.parse(lexical);
  } catch {
    return null;
  }
}

/** A node and the list of those in it are two levels of JSON, and a card has some of its own. Asked without going down into it. */
function isDeep(document: object): boolean {
  let level: unknown[] = [document];
  for (let depth = 0; depth <= DOCUMENT_LIMITS.depth * 2 + 20; depth++) {
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** Null: it is not a date. */
export function dateOf(written: string): Date | null {
  const date = new Date(written);
  return Number.isNaN(date.getTime()) ? null : date;
}
