import type { LexicalDocument } from "../models/document.ts";
import type { MediaId, PageId, PostId, ProductId, RevisionId, SeriesId, TagId, UserId } from "../models/ids.ts";
import type { SettingValue } from "../models/revisions.ts";
import type { Paging, Picture } from "./dto.ts";
import type { ProofView } from "./relations.ts";
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
  /** For search engines, then for what shows a link to it; "" and null: what the piece has anyway. */
  readonly metaTitle: string;
  readonly metaDescription: string;
  readonly ogTitle: string;
  readonly ogDescription: string;
  readonly ogPictureId: MediaId | null;
  readonly twitterTitle: string;
  readonly twitterDescription: string;
  readonly twitterPictureId: MediaId | null;
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

/**
 * What comes back with an old version beside title, excerpt and text: pictures, and what is said where the piece is found and shared.
 * Nothing else does, above all not whom the piece is for and who its authors are: a restoration opens nothing to anybody.
 */
export const RESTORED_SETTINGS = [
  ...(["pictureId", "pictureAlt", "pictureCaption", "metaTitle", "metaDescription", "ogTitle", "ogDescription"] as const),
  ...(["ogPictureId", "twitterTitle", "twitterDescription", "twitterPictureId"] as const),
] satisfies readonly (keyof PieceSettings)[];

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

/** Things that settings name by their ids. */
export type NamedKind = "tags" | "people" | "products" | "posts" | "series";

/** A post as its editors see it. authors' slugs are their handles. */
export interface PostForEditing extends PieceState<"post", PostId, PostSettings> {
  readonly tags: readonly Named<TagId>[];
  readonly authors: readonly Named<UserId>[];
  readonly products: readonly Named<ProductId>[];
  readonly translationOf: Named<PostId> | null;
  readonly series: Named<SeriesId> | null;
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

/**
 * A save: what is absent stays as it is. expectedVersion: the one that the writer began with. expectedStatus: the one that the
 * writer saw, where it matters who reads what is saved; another one by now is a conflict, too.
 */
interface PieceSave<Id, Settings> {
  readonly id: Id;
  readonly expectedVersion: number;
  readonly expectedStatus?: PieceStatus;
  readonly by: UserId | null;
  readonly text?: PieceText;
  readonly settings?: Partial<Settings>;
}
export type PostSave = PieceSave<PostId, PostSettings>;
export type PageSave = PieceSave<PageId, PageSettings>;

/** An old version that is to come back, and what stood there when somebody chose it. */
export interface Restoration extends Pick<PostSave, "expectedVersion" | "expectedStatus"> {
  readonly version: number;
  readonly by: UserId;
}

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
/** conflict: somebody saved meanwhile, or made it public or a draft. theirs is what stands there now; nothing of it was changed. */
export type SaveResult =
  | { readonly kind: "saved"; readonly version: number }
  | { readonly kind: "conflict"; readonly version: number; readonly theirs: PieceForEditing }
  | NotWritten;

/** in-the-past: that time is over. not-now: it is in another state by now, as published already or in the bin. */
export type StatusResult = { readonly kind: "done" } | { readonly kind: "not-now" } | { readonly kind: "in-the-past" };
/** pages-below: it would take others with it. */
export type BinResult = StatusResult | { readonly kind: "pages-below" };
/** below-itself: the page would lie under itself. */
export type MoveResult = { readonly kind: "moved"; readonly address: string } | { readonly kind: "below-itself" } | NotWritten;

/** Empty strings leave open. status "bin": what lies there; "" is everything that does not. */
export interface PieceFilter {
  readonly status: "" | PieceStatus | "bin";
  readonly tag: string;
  readonly author: string;
  readonly words: string;
}

/** A post in the editors' list. */
export interface PostRow {
  readonly id: PostId;
  readonly title: string;
  readonly address: string;
  readonly status: PieceStatus;
  readonly audience: string | null;
  readonly isFeatured: boolean;
  readonly publishedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly updatedAt: Date;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
}
export interface PostRows extends Paging {
  readonly posts: readonly PostRow[];
  readonly count: number;
}

/** A page in the editors' tree, in its order: depth counts from 0. */
export interface PageRow {
  readonly id: PageId;
  readonly parentId: PageId | null;
  readonly title: string;
  readonly address: string;
  readonly depth: number;
  readonly status: PieceStatus;
  readonly audience: string | null;
  readonly deletedAt: Date | null;
  readonly updatedAt: Date;
}

/** One save in the history of a piece. */
export interface RevisionRow {
  readonly id: RevisionId;
  readonly version: number;
  readonly title: string;
  readonly savedBy: string | null;
  readonly savedAt: Date;
}
/** A piece as one save left it. settings: plain values by name, as the save had them; empty for the oldest. */
export interface Revision extends RevisionRow {
  readonly excerpt: string;
  readonly text: PieceText;
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/** A link by which whoever has it reads a piece before it is public. key names it to editors, and opens nothing. */
export interface PreviewLink {
  readonly key: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}
/** What stands behind a preview link. */
export interface PreviewPage {
  readonly kind: PieceKind;
  readonly title: string;
  readonly excerpt: string;
  readonly html: string;
  readonly language: string;
  readonly picture: Picture | null;
  readonly authors: readonly string[];
  readonly expiresAt: Date;
}

/** A tag as its editors see it. heading gathers tags in lists. */
export interface TagForEditing {
  readonly id: TagId;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly isInternal: boolean;
  readonly heading: string;
  readonly postCount: number;
}
export type TagFields = Pick<TagForEditing, "slug" | "name" | "description" | "isInternal" | "heading">;

/** A series as its editors see it, with its posts in order. */
export interface SeriesForEditing {
  readonly id: SeriesId;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly posts: readonly { readonly id: PostId; readonly title: string; readonly position: number; readonly status: PieceStatus }[];
}
export type SeriesFields = Pick<SeriesForEditing, "slug" | "title" | "description">;

/** Who may edit or read a piece, and why somebody may: null where they may not. */
export interface AccessView {
  readonly editors: readonly { readonly userId: UserId; readonly name: string; readonly handle: string; readonly isAuthor: boolean }[];
  readonly asked: { readonly name: string; readonly edit: ProofView | null; readonly read: ProofView | null } | null;
}

/**
 * What editors do. Who may is asked in the look-ups that take an editor: what somebody may not edit is not found. Commands are
 * for handlers that have looked up, and for programs. Each change writes a revision where it is a save, emits what others may
 * care about, keeps old addresses leading to the present one, and purges the pages made from it.
 */
export interface WritingService {
  /** Whether the person edits everything by their office, and whether there are posts and pages that they edit. */
  getReach(editor: UserId): Promise<{ isEverything: boolean; hasPosts: boolean; hasPages: boolean }>;
  /** Whether there may be something for the person to write: for services that know nothing of the blog's relations. */
  hasDesk(userId: UserId): Promise<boolean>;
  mayEdit(editor: UserId, piece: PieceRef): Promise<boolean>;
  /** Throws not-found for what the person may not edit. */
  getForEditing(editor: UserId, piece: PieceRef): Promise<PieceForEditing>;
  /** For programs, which ask nobody. */
  findPost(id: PostId): Promise<PostForEditing | null>;
  findPage(id: PageId): Promise<PageForEditing | null>;
  /** page: from 1. */
  listPosts(editor: UserId, filter: PieceFilter, page: number): Promise<PostRows>;
  /** The pages that the person may edit, as the tree has them; or those that lie in the bin, the latest first. */
  listPages(editor: UserId, which: "tree" | "bin"): Promise<readonly PageRow[]>;
  /** Posts by their slugs, people by their handles, products by their slugs: what forms are answered with. Null: nothing is called so. */
  findPostBySlug(slug: string): Promise<PostId | null>;
  findPeople(handles: readonly string[]): Promise<readonly Named<UserId>[]>;
  findProducts(slugs: readonly string[]): Promise<readonly Named<ProductId>[]>;
  /** What things are called, by their ids; what is gone is not among them. */
  namesOf(ids: Readonly<Record<NamedKind, readonly number[]>>): Promise<Readonly<Record<NamedKind, ReadonlyMap<number, string>>>>;
  /** The groups that a piece may be for: those that anybody was put into. */
  listGroups(): Promise<readonly string[]>;

  /** What of these settings can't be stored, so that a form says it all at once. A save refuses the same. */
  findMistakes(settings: Partial<PostSettings> | Partial<PageSettings>): readonly FieldError[];
  createPost(tx: Tx, post: NewPost): Promise<CreateResult<PostId>>;
  createPage(tx: Tx, page: NewPage): Promise<CreateResult<PageId>>;
  savePost(tx: Tx, save: PostSave): Promise<SaveResult>;
  savePage(tx: Tx, save: PageSave): Promise<SaveResult>;
  /**
   * The version just saved was saved by the editor itself: in the history it takes the place of the one before, where that was of the
   * same run of ten minutes by the same person. What was saved by hand, made public or saved by others stays, and so does a
   * version from which more than a few sentences were deleted.
   */
  joinRun(tx: Tx, piece: PieceRef, version: number): Promise<void>;
  /** The present version stays in the history, whoever writes on. */
  endRun(tx: Tx, piece: PieceRef): Promise<void>;
  /** A draft with the same text and settings, under a slug of its own. */
  copyPost(tx: Tx, post: PostId, by: UserId): Promise<CreateResult<PostId>>;
  copyPage(tx: Tx, page: PageId, by: UserId): Promise<CreateResult<PageId>>;

  /** at null: now, or when it was public before; else that time, which lies in the past: what is older than two days is no news to the world. */
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

  /** Under another page, or another name; all that lies below comes along. */
  movePage(tx: Tx, page: PageId, move: PagePlace & { by: UserId | null }): Promise<MoveResult>;
  /** An address that the piece had on another site, a path, leads to it here, unless it leads somewhere already or is none of ours. */
  keepOldAddress(tx: Tx, piece: PieceRef, address: string): Promise<void>;
  /** One place up or down among the pages beside it; at the end nothing happens. */
  sortPage(tx: Tx, page: PageId, direction: "up" | "down"): Promise<void>;

  /** Newest first. */
  listRevisions(piece: PieceRef): Promise<readonly RevisionRow[]>;
  getRevision(piece: PieceRef, version: number): Promise<Revision>;
  /** Saves title, excerpt, text and RESTORED_SETTINGS of an old version as a new one. Pictures that no longer exist are left out. */
  restoreRevision(tx: Tx, piece: PieceRef, restoration: Restoration): Promise<SaveResult>;

  listPreviewLinks(piece: PieceRef): Promise<readonly PreviewLink[]>;
  /** Gives the secret that stands in its address; it is kept nowhere. */
  createPreviewLink(tx: Tx, piece: PieceRef, link: { by: UserId; expiresAt: Date }): Promise<string>;
  revokePreviewLink(tx: Tx, piece: PieceRef, key: string): Promise<void>;
  /** Throws not-found for a secret that is wrong, revoked or over. */
  getPreview(secret: string): Promise<PreviewPage>;

  listTags(): Promise<readonly TagForEditing[]>;
  findTags(names: readonly string[]): Promise<readonly TagForEditing[]>;
  /** Tags by their names, whatever their case, in the order given. The missing ones are made, "#name" as an internal one. */
  ensureTags(tx: Tx, names: readonly string[]): Promise<readonly TagId[]>;
  saveTag(tx: Tx, tag: TagId | null, fields: TagFields): Promise<{ kind: "saved"; id: TagId } | NotWritten>;
  /** What carries `from` carries `into`, and `from` is gone. */
  mergeTag(tx: Tx, from: TagId, into: TagId): Promise<void>;
  removeTag(tx: Tx, tag: TagId): Promise<void>;

  listSeries(): Promise<readonly SeriesForEditing[]>;
  saveSeries(tx: Tx, series: SeriesId | null, fields: SeriesFields): Promise<{ kind: "saved"; id: SeriesId } | NotWritten>;
  removeSeries(tx: Tx, series: SeriesId): Promise<void>;

  /** asked: the handle of whoever one wants to know about; "" for nobody. */
  getAccess(editor: UserId, piece: PieceRef, asked: string): Promise<AccessView>;
}
