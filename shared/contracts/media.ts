import type { Readable } from "node:stream";
import { z } from "zod";
import type { MediaId, UserId } from "../models/ids.ts";
import type { MEDIA_TYPES, MediaKind, VariantType } from "../models/media.ts";
import type { Picture } from "./dto.ts";
import { paging, picture } from "./dto.ts";
import type { Tx } from "./tx.ts";

/** Limits of what is taken. A picture's pixels are counted over all of its frames. */
export const MEDIA_LIMITS = {
  pictureBytes: 20_000_000,
  fileBytes: 100_000_000,
  pixels: 40_000_000,
  waitMs: 60_000,
  altLength: 500,
} as const;

/** A file whose bytes lie in the media store, before anything in the database knows of it. */
export interface StoredFile {
  readonly sha256: string;
  readonly contentType: keyof typeof MEDIA_TYPES;
  readonly byteLength: number;
  /** As the person called it. */
  readonly name: string;
  /** In pixels; null for what is not a picture. */
  readonly width: number | null;
  readonly height: number | null;
  readonly variants: readonly StoredVariant[];
}

/** The same picture in another size and format. */
export interface StoredVariant {
  readonly sha256: string;
  readonly contentType: VariantType;
  readonly byteLength: number;
  readonly width: number;
  readonly height: number;
}

/** A picture that was written anew as image/webp. */
export interface CopiedPicture {
  readonly kind: "copied";
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

/** Why a file is not taken; message is for who brought it. */
export interface IntakeRefusal {
  readonly kind: "refused";
  readonly reason: "empty" | "too-large" | "too-many-pixels" | "damaged" | "drawing" | "unknown-type" | "too-slow";
  readonly message: string;
}

/**
 * Takes what people and programs bring: looks at the bytes, never at the name, strips what a camera wrote into a picture, cuts its
 * sizes and puts all into the media store. It is slow and outside the database: asked before a transaction begins, and followed
 * by MediaService.addFile inside of one. Nothing in the bytes makes it throw.
 */
export interface MediaIntake {
  take(bytes: Readable, name: string): Promise<{ readonly kind: "taken"; readonly file: StoredFile } | IntakeRefusal>;
  /** A copy of somebody else's picture: written anew as one WebP that stands still, no side longer than this. contentType: what its sender says that it is. */
  copy(bytes: Readable, asked: { readonly contentType: string; readonly side: number }): Promise<CopiedPicture | IntakeRefusal>;
}

/** A file in the library. url is a path that every host serves; picture is null for what is not one. */
export const mediaItem = z
  .object({
    id: z.number().int(),
    kind: z.enum(["picture", "audio", "video", "document"]),
    name: z.string(),
    url: z.string(),
    contentType: z.string(),
    byteLength: z.number().int(),
    alt: z.string(),
    picture: picture.nullable(),
    createdAt: z.date(),
    broughtBy: z.string().nullable(),
  })
  .readonly();
export type MediaItem = z.output<typeof mediaItem>;

/** One page of the library, newest first. */
export const mediaList = z.object({ items: z.array(mediaItem).readonly(), paging, total: z.number().int() }).readonly();
export type MediaList = z.output<typeof mediaList>;

/** Empty and null leave open. words: part of the name or of the alternative text. */
export interface MediaFilter {
  readonly words: string;
  readonly kind: MediaKind | null;
  readonly isUnused: boolean;
}

/** Something that shows a file. url leads to it; null where this service has no page for it. */
export interface MediaUse {
  readonly kind: "post" | "page" | "revision" | "person" | "product" | "place" | "entry" | "status";
  readonly name: string;
  readonly url: string | null;
}

/** What shows a file, as somebody may know it. hiddenCount: texts that they don't edit, whose titles are nothing to them. */
export interface MediaUses {
  readonly uses: readonly MediaUse[];
  readonly hiddenCount: number;
}

/** What an editor says about a file. The focal point is in percent of width and height. */
export interface MediaWords {
  readonly alt: string;
  readonly focalX: number;
  readonly focalY: number;
}

/** The media library. */
export interface MediaService {
  /** Writes down a stored file. The same bytes are one file, however often they are brought. by null: a program. */
  addFile(tx: Tx, file: StoredFile, by: UserId | null): Promise<MediaId>;
  /** The same of what a member brings for a post of their own: nobody who edits finds it in the library, unless they bring it as well. */
  addOwnFile(tx: Tx, file: StoredFile, by: UserId): Promise<MediaId>;
  /** Of the library, or brought by this person. Throws not-found. */
  getItem(id: MediaId, by?: UserId): Promise<MediaItem>;
  /** page: from 1; throws not-found past the last. */
  listItems(filter: MediaFilter, page: number): Promise<MediaList>;
  /** The newest pictures that these words fit, and before them the chosen one, whatever is searched for. */
  listPicturesToChoose(words: string, chosen: MediaId | null): Promise<readonly MediaItem[]>;
  listUses(id: MediaId, viewer: UserId): Promise<MediaUses>;
  /** Whoever edits the blog, and whoever brought the file first, say what it shows: it is said wherever it is shown. */
  mayDescribe(id: MediaId, by: UserId): Promise<boolean>;
  /** Pages that show it are purged. In the log, when it says something else than before. Throws not-found. */
  describe(tx: Tx, id: MediaId, words: MediaWords, by: UserId): Promise<void>;
  /** Only what nothing shows. Its bytes go later, when the store is swept. Throws not-found. */
  remove(tx: Tx, id: MediaId, by: UserId): Promise<{ kind: "removed" } | { kind: "in-use" }>;
  /** Forgets what was brought for posts before then and hangs on none; how many. For the timetable. */
  removeLeft(tx: Tx, before: Date): Promise<number>;
  /** Pictures of ours by the addresses at which texts show them (an item's url, a picture's url), with all their sizes. */
  listPicturesAt(urls: readonly string[]): Promise<ReadonlyMap<string, Picture>>;
  /** Which of these names of stored files nothing in the database knows. */
  listUnknown(names: readonly string[]): Promise<readonly string[]>;
}
