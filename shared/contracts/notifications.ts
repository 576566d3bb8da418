import type { NotificationKind } from "../models/federation.ts";
import type { UserId } from "../models/ids.ts";
import type { ActivityView } from "./federation.ts";
import type { PersonView } from "./people.ts";
import type { Tx } from "./tx.ts";

/** Something that an actor did and a member should hear of. actor and object: addresses; object "" where it is about the member. */
export interface NewNotification {
  readonly userId: UserId;
  readonly kind: Exclude<NotificationKind, "site">;
  readonly actor: string;
  readonly object: string;
}

/**
 * What is told as one: "Ada and 3 others liked…". people: the latest first, three at most; others: how many more there are. activity:
 * of the kind "site" only. about: the post that it is about, with its first words.
 */
export interface NotificationGroup {
  readonly key: string;
  readonly kind: NotificationKind;
  readonly people: readonly PersonView[];
  readonly others: number;
  readonly object: string;
  readonly about: { readonly path: string; readonly words: string } | null;
  readonly activity: ActivityView | null;
  readonly isUnread: boolean;
  readonly at: Date;
}

/** before: where older ones begin; null at the end. */
export interface NotificationPage {
  readonly groups: readonly NotificationGroup[];
  readonly before: number | null;
}

/** One thing that somebody did. id counts up with time. */
export interface NotificationView {
  readonly id: number;
  readonly kind: Exclude<NotificationKind, "site">;
  readonly actor: string;
  readonly object: string;
  readonly isUnread: boolean;
  readonly at: Date;
}

/** Which of them. before and after: ids; with after alone those come that are next above it. kinds: of those only. */
export interface NotificationFilter {
  readonly kinds: readonly NotificationKind[];
  readonly actor: string | null;
  readonly before: number | null;
  readonly since: number | null;
  readonly after: number | null;
  readonly limit: number;
}

/** What members hear of. */
export interface NotificationsService {
  /**
   * Tells a member, once, unless they don't want to hear of the kind, or see nothing of the actor (blocked, cut off or muted). Open
   * pages of theirs are told after the commit.
   */
  notify(tx: Tx, notification: NewNotification): Promise<void>;
  /** It was taken back: nobody is told of it any more. object null: whatever it was about. */
  retract(
    tx: Tx,
    what: { readonly actor: string; readonly kind: NotificationKind; readonly object: string | null; readonly userId?: UserId },
  ): Promise<void>;
  /** Tells whom a status names; by its address. */
  tellNamed(tx: Tx, status: string): Promise<void>;
  /** Tells the member who wrote it that somebody likes or shares it. */
  tellAuthor(tx: Tx, reaction: { readonly type: "Like" | "Announce"; readonly actor: string; readonly object: string }): Promise<void>;
  /** Tells those who wanted to hear of each post of its author, as far as it is for them; by its address. */
  tellAlerted(tx: Tx, status: string): Promise<void>;
  /** Tells the members among author and voters, who are actors, that a poll is over. */
  tellOfPoll(tx: Tx, poll: { readonly status: string; readonly author: string; readonly voters: readonly string[] }): Promise<void>;
  /** Of its follows, requests, likes and boosts those that do not stand any more. */
  retractEnded(tx: Tx, actor: string): Promise<void>;
  /** kinds: those only; all where empty. */
  listGroups(userId: UserId, kinds: readonly NotificationKind[], before: number | null): Promise<NotificationPage>;
  /** One by one, the newest first. What the co-operative's own services say is not among them. */
  listEach(userId: UserId, filter: NotificationFilter): Promise<readonly NotificationView[]>;
  /** Null: it is not the member's. */
  findOne(userId: UserId, id: number): Promise<NotificationView | null>;
  /** It is gone for good. False: it is not the member's. */
  dismiss(tx: Tx, userId: UserId, id: number): Promise<boolean>;
  /** All that somebody did is gone for good; what the co-operative's own services said stays. */
  clear(tx: Tx, userId: UserId): Promise<void>;
  countUnread(userId: UserId): Promise<number>;
  markAllRead(tx: Tx, userId: UserId): Promise<void>;
}
