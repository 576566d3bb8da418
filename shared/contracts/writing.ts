import type { LexicalDocument } from "../models/document.ts";
import type { MediaId, PageId, PostId, ProductId, SeriesId, TagId, UserId } from "../models/ids.ts";
import type { Picture } from "./dto.ts";
import type { Tx } from "./tx.ts";

/** What is written: a post or a page. */
export type PieceRef = { readonly kind: "post"; readonly id: PostId } | { readonly kind: "page"; readonly id: PageId };
export type PieceKind = PieceRef["kind"];

/** A page is never scheduled. What lies in the bin is a draft. */
export type PieceStatus = "draft" | "scheduled" | "published";

/**
 * A text as it is stored. It is rendered before the transaction begins: html has passed the sanitiser, plaintext is the same
 * without markup. document null: it came as HTML.
 */
export interface PieceText {
  readonly document: LexicalDocument | null;
  readonly html: string;
  readonly plaintext: string;
}

/** audience null: everybody; "coop": every member; else a group's constant. */
interface PieceSettings {
  readonly title: string;
  readonly audience: string | null;
  readonly pictureId: MediaId | null;
  readonly pictureAlt: string;
  readonly pictureCaption: string;
}

/** Everything about a post but its text and whether it is public. Lists are in the order in which they are shown. */
export interface PostSettings extends PieceSettings {
  readonly slug: string;
  readonly excerpt: string;
  readonly isFeatured: boolean;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly translationOf: PostId | null;
  /** Where the text appeared first, if elsewhere: http or https. */
  readonly canonicalUrl: string | null;
  readonly seriesId: SeriesId | null;
  readonly seriesPosition: number;
  readonly tagIds: readonly TagId[];
  readonly authorIds: readonly UserId[];
  readonly productIds: readonly ProductId[];
}

/** Everything about a page but its text, where it stands and whether it is public. */
export interface PageSettings extends PieceSettings {
  readonly summary: string;
}

/** Where a page stands: below which, under which last part of its path. */
export interface PagePlace {
  readonly parentId: PageId | null;
  readonly slug: string;
}

/** What every piece has for whoever edits it. address is its path on the blog: "/posts/rye", "/about/oven". */
interface PieceState<Kind extends PieceKind, Id, Settings> {
  readonly kind: Kind;
  readonly id: Id;
  readonly version: number;
  readonly status: PieceStatus;
  readonly publishedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly updatedAt: Date;
  readonly address: string;
  readonly text: PieceText;
  readonly settings: Settings;
  readonly picture: Picture | null;
  /** Who saved this version; null: a program, or nobody knows. */
  readonly savedBy: string | null;
}

/** A row by its id, with the name that forms show and the word that people type for it. */
export interface Named<Id> {
  readonly id: Id;
  readonly name: string;
  readonly slug: string;
}

/** A post as its editors see it. authors' slugs are their handles. */
export interface PostForEditing extends PieceState<"post", PostId, PostSettings> {
  readonly tags: readonly Named<TagId>[];
  readonly authors: readonly Named<UserId>[];
  readonly products: readonly Named<ProductId>[];
  readonly translationOf: Named<PostId> | null;
}

/** A page as its editors see it. Its publishedAt is always null. */
export interface PageForEditing extends PieceState<"page", PageId, PageSettings> {
  readonly place: PagePlace;
}

export type PieceForEditing = PostForEditing | PageForEditing;

/** A new piece; what is absent is as a new row has it. by null: a program. Without a slug one is made of the title. */
export interface NewPost {
  readonly by: UserId | null;
  readonly text?: PieceText;
  readonly settings: Partial<PostSettings> & Pick<PostSettings, "title">;
}
export interface NewPage {
  readonly by: UserId | null;
  readonly place: { readonly parentId: PageId | null; readonly slug?: string };
  readonly text?: PieceText;
  readonly settings: Partial<PageSettings> & Pick<PageSettings, "title">;
}

/** A save: what is absent stays as it is. expectedVersion: the one that the writer began with. */
interface PieceSave<Id, Settings> {
  readonly id: Id;
  readonly expectedVersion: number;
  readonly by: UserId | null;
  readonly text?: PieceText;
  readonly settings?: Partial<Settings>;
}
export type PostSave = PieceSave<PostId, PostSettings>;
export type PageSave = PieceSave<PageId, PageSettings>;

/** What is wrong with a field of a form, in a sentence. field is a key of the settings. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Why nothing was written, other than that somebody else was first. gone: deleted, or in the bin. */
export type NotWritten =
  | { readonly kind: "slug-taken"; readonly slug: string }
  | { readonly kind: "invalid"; readonly errors: readonly FieldError[] }
  | { readonly kind: "gone" };
export type CreateResult<Id> = { readonly kind: "created"; readonly id: Id; readonly version: number } | NotWritten;
/** conflict: somebody saved meanwhile. theirs is what stands there now; nothing of it was changed. */
export type SaveResult =
  | { readonly kind: "saved"; readonly version: number }
  | { readonly kind: "conflict"; readonly version: number; readonly theirs: PieceForEditing }
  | NotWritten;

/** in-the-past: that time is over. not-now: it is in another state by now, as published already or in the bin. */
export type StatusResult = { readonly kind: "done" } | { readonly kind: "not-now" } | { readonly kind: "in-the-past" };
/** pages-below: it would take others with it. */
export type BinResult = StatusResult | { readonly kind: "pages-below" };

/**
 * What editors do. Who may is asked in the look-ups that take an editor: what somebody may not edit is not found. Commands are
 * for handlers that have looked up, and for programs. Each change writes a revision where it is a save, emits what others may
 * care about, keeps old addresses leading to the present one, and purges the pages made from it.
 */
export interface WritingService {
  /** Whether the person edits everything, some pieces, or nothing of the blog. */
  getReach(editor: UserId): Promise<"everything" | "some" | "nothing">;
  mayEdit(editor: UserId, piece: PieceRef): Promise<boolean>;
  /** Throws not-found for what the person may not edit. */
  getForEditing(editor: UserId, piece: PieceRef): Promise<PieceForEditing>;
  /** For programs, which ask nobody. */
  findPost(id: PostId): Promise<PostForEditing | null>;
  findPage(id: PageId): Promise<PageForEditing | null>;
  createPost(tx: Tx, post: NewPost): Promise<CreateResult<PostId>>;
  createPage(tx: Tx, page: NewPage): Promise<CreateResult<PageId>>;
  savePost(tx: Tx, save: PostSave): Promise<SaveResult>;
  savePage(tx: Tx, save: PageSave): Promise<SaveResult>;

  /** at null: now, or when it was public before; else that time, which lies in the past. */
  publish(tx: Tx, piece: PieceRef, publication: { by: UserId | null; at: Date | null }): Promise<StatusResult>;
  schedule(tx: Tx, post: PostId, at: Date): Promise<StatusResult>;
  unpublish(tx: Tx, piece: PieceRef, by: UserId | null): Promise<StatusResult>;
  /** As a draft. A page with pages below it stays. */
  moveToBin(tx: Tx, piece: PieceRef, by: UserId | null): Promise<BinResult>;
  restoreFromBin(tx: Tx, piece: PieceRef): Promise<StatusResult>;
  /** Publishes what is due, each once however many ask; gives how many. */
  publishDue(tx: Tx, now: Date): Promise<number>;
  /** Deletes for good what went into the bin before then; gives how many. */
  deleteBinned(tx: Tx, before: Date): Promise<number>;

  /** Where an address of the blog leads that a public piece once had; null: nowhere. path: "/posts/rye". */
  findRedirect(path: string): Promise<string | null>;

  /** Tags by their names, whatever their case, in the order given. The missing ones are made, "#name" as an internal one. */
  ensureTags(tx: Tx, names: readonly string[]): Promise<readonly TagId[]>;
}
