import type { CommentedType } from "../models/comments.ts";
import type { UserId } from "../models/ids.ts";
import type { CommentRule } from "../models/moderation.ts";
import type { Paging } from "./dto.ts";
import type { WrittenElsewhere } from "./fediverse.ts";
import type { Tx } from "./tx.ts";

/** What is commented on, as the outbox of the platform names it. */
export interface Commented {
  readonly type: CommentedType;
  readonly id: string | number;
}

/** How what people say about something stands. count: what everybody sees. likes and boosts: from elsewhere, of the thing itself. */
export interface ThreadView {
  /** Whether members may add to it now. */
  readonly isOpen: boolean;
  readonly isClosedHere: boolean;
  readonly count: number;
  readonly likes: number;
  readonly boosts: number;
}

/** Who wrote a comment. handle: "@ada@theirs.example"; url: their page, null where there is none to lead to. */
export interface CommentAuthor {
  readonly name: string;
  readonly handle: string;
  readonly url: string | null;
}

/** A comment that everybody may see. key: its name in addresses of ours and in the page; html is of few tags only. */
export interface CommentView {
  readonly uri: string;
  readonly key: string;
  readonly author: CommentAuthor;
  readonly isFromHere: boolean;
  readonly html: string;
  readonly warning: string;
  readonly language: string | null;
  readonly publishedAt: Date;
  readonly isEdited: boolean;
  /** Where it stands: at its author's server, or under the thing. */
  readonly url: string;
  /** Of a comment below another one: which it answers; name null: one that is not shown. */
  readonly answers: { readonly key: string; readonly name: string | null } | null;
}

export interface CommentPage extends Paging {
  readonly comments: readonly CommentView[];
}

/** Where a comment stands. title and path: of the thing, path on its app; null: it is gone. */
export interface CommentPlace {
  readonly source: Commented;
  readonly app: "blog" | "market" | "events";
  readonly title: string;
  readonly path: string;
}

export const COMMENT_STATES = ["waiting", "shown", "hidden"] as const;

/** A comment as its author here sees it. isVisible: everybody sees it. reason: why a steward took it away. */
export interface OwnComment {
  readonly uri: string;
  readonly key: string;
  readonly text: string;
  readonly warning: string;
  readonly state: (typeof COMMENT_STATES)[number];
  readonly isVisible: boolean;
  readonly reason: string;
  readonly publishedAt: Date;
  readonly place: CommentPlace | null;
}

/** A comment as stewards see it. isHeldBack: shown by decision, but for its author or their server. */
export interface ModeratedComment extends CommentView {
  readonly actor: string;
  readonly state: (typeof COMMENT_STATES)[number];
  readonly isHeldBack: boolean;
  readonly reason: string;
  readonly place: CommentPlace | null;
}

export interface NewComment {
  readonly source: Commented;
  readonly by: UserId;
  /** As typed, 1 to MAX_COMMENT characters. */
  readonly text: string;
  /** What it is about, where not everybody wants to see it at once; "" otherwise. */
  readonly warning: string;
  /** key of the comment that it answers; null: the thing itself. */
  readonly answers: string | null;
}

export const MAX_COMMENT = 5000;

/** What became of it. waits: for a steward. closed: none are taken. limited: of this member none are taken. gone: what it answers. */
export type CommentResult = { readonly kind: "shown" | "waits" | "closed" | "limited" | "gone" };

/** A member's comment as the world is told of it. answeredActor: who wrote what it answers. */
export interface CommentForWorld {
  readonly actor: string;
  readonly inReplyTo: string | null;
  readonly answeredActor: string | null;
  readonly html: string;
  readonly warning: string;
  readonly url: string;
  readonly publishedAt: Date;
  readonly updatedAt: Date | null;
}

/** What people say under what we publish, here and elsewhere. */
export interface CommentsService {
  getThread(source: Commented): Promise<ThreadView>;
  /** From 1; top comments in the order they were made, below each what answers it. */
  listShown(source: Commented, page: number): Promise<CommentPage>;
  /** What the member wrote there, whatever became of it; the oldest first. */
  listOwn(source: Commented, userId: UserId): Promise<readonly OwnComment[]>;
  /** Throws not-found for another's, and for a deleted one. */
  getOwn(userId: UserId, key: string): Promise<OwnComment>;
  /** Everybody may see it, with where it stands; null otherwise. */
  findShown(key: string): Promise<{ readonly comment: CommentView; readonly place: CommentPlace } | null>;
  /** Null: it is nobody's here, or deleted. Whether everybody sees it is for the relations to say. */
  findForWorld(uri: string): Promise<CommentForWorld | null>;
  /** Who published what the comment stands under. Of a product: nobody; whoever looks after the shop does. */
  listPublishers(uri: string): Promise<readonly UserId[]>;
  getPlace(source: Commented): Promise<CommentPlace | null>;

  write(tx: Tx, comment: NewComment): Promise<CommentResult>;
  /** Throws not-found for another's. Whether it is shown is decided anew where everything waits. */
  edit(tx: Tx, userId: UserId, key: string, change: Pick<NewComment, "text" | "warning">): Promise<void>;
  /** Throws not-found for another's. It leaves a Tombstone. */
  remove(tx: Tx, userId: UserId, key: string): Promise<void>;

  /** Why something from elsewhere is not to be stored at all, as too much waits; null: it may be. */
  refuseArrival(tx: Tx, written: Pick<WrittenElsewhere, "uri" | "actor" | "visibility">, about: string | null): Promise<string | null>;
  /** What was stored takes its place among the comments, if it is one. Says in words what became of it. */
  arrive(tx: Tx, uri: string): Promise<string>;

  /** The oldest first; state waiting, or hidden. */
  listModerated(state: "waiting" | "hidden", page: number): Promise<Paging & { readonly comments: readonly ModeratedComment[] }>;
  countWaiting(): Promise<number>;
  /** Gives how many were waiting, or hidden, and are shown now. */
  approve(tx: Tx, uris: readonly string[], decision: { by: UserId; reason: string }): Promise<number>;
  /** Nobody sees them from now on; what the world was told of is taken back. Gives how many. */
  hide(tx: Tx, uris: readonly string[], decision: { by: UserId; reason: string }): Promise<number>;
  /** Whether people may add to it. What is there stays. */
  closeThread(tx: Tx, source: Commented, isClosed: boolean, by: UserId): Promise<void>;
  getRule(): Promise<CommentRule>;
}
