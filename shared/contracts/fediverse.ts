import type { App } from "../models/apps.ts";
import type { Visibility } from "../models/federation.ts";
import type { ActivityId, IncomingId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** An object of JSON, as documents of ActivityStreams are. */
export type Json = Readonly<Record<string, unknown>>;

/** Collections that are lists of addresses. */
export type MembersOf = "followers" | "following" | "liked";

/** A page of a collection, the newest first, from 1; isLast: there is no older one. */
export interface CollectionPage<Item> {
  readonly items: readonly Item[];
  readonly isLast: boolean;
}

/** What became of an object of ours that the world was told of: as it was said last, or when it was taken back. */
export type SaidObject =
  | { readonly kind: "said"; readonly object: Json; readonly visibility: Visibility }
  | { readonly kind: "withdrawn"; readonly formerType: string; readonly at: Date };

/**
 * Something that one of our actors says. source: what it is about, as the outbox of the platform names it. to: whose inboxes get it,
 * beside the followers' where isForFollowers.
 */
export interface Statement {
  readonly app: App;
  readonly uri: string;
  readonly actor: string;
  readonly type: string;
  readonly object: string;
  readonly document: Json;
  readonly visibility: Visibility;
  readonly isListed: boolean;
  readonly isForFollowers: boolean;
  readonly to: readonly string[];
  readonly activityId: ActivityId | null;
  readonly source: { readonly type: string; readonly id: string } | null;
}

/** An activity that came in and waits to be handled. document: in normal form. */
export interface Incoming {
  readonly id: IncomingId;
  readonly app: App;
  readonly actor: string;
  readonly activity: string;
  readonly type: string;
  readonly document: Json;
}

/** An object that an actor elsewhere wrote, read and sanitised. about: an object of ours that it answers, at whatever distance. */
export interface WrittenElsewhere {
  readonly uri: string;
  readonly type: string;
  readonly actor: string;
  readonly inReplyTo: string | null;
  readonly name: string;
  readonly html: string;
  readonly warning: string;
  readonly language: string | null;
  readonly url: string | null;
  readonly visibility: Visibility;
  readonly publishedAt: Date;
  readonly updatedAt: Date | null;
  /** All whom it is addressed to; named: those of them whom its text names. */
  readonly mentions: readonly string[];
  readonly named: readonly string[];
  /** Small letters, without "#". */
  readonly tags: readonly string[];
  readonly poll: WrittenPoll | null;
  readonly document: Json;
}

/** A question from elsewhere with its figures, as its own server counts them. */
export interface WrittenPoll {
  readonly isMultiple: boolean;
  readonly endsAt: Date | null;
  readonly voters: number;
  readonly options: readonly { readonly name: string; readonly votes: number }[];
}

/** What somebody elsewhere did to an object, and may take back under the activity's name. */
export interface Reaction {
  readonly type: "Like" | "Announce" | "Join";
  readonly actor: string;
  readonly object: string;
  readonly activity: string;
}

/** What was taken back: by the name of the activity, and where its sender described it, by what it did to whom. */
export interface Withdrawal {
  readonly actor: string;
  readonly activity: string | null;
  readonly type: string;
  readonly object: string | null;
}

/** One of the ends is ours. state asked: not answered yet. */
export interface FollowView {
  readonly follower: string;
  readonly followed: string;
  readonly state: "asked" | "accepted" | "refused";
  readonly activity: string;
}

/** A reply or mention that came in. waiting: nobody has looked at it yet, and nobody is shown it. */
export interface DocumentView extends Omit<WrittenElsewhere, "mentions" | "named" | "tags" | "poll" | "document"> {
  readonly about: string | null;
  readonly moderation: "waiting" | "shown" | "hidden";
  readonly deletedAt: Date | null;
}

/** Another host that is left alone for a while, or that stewards decided something about. isAllowed: let in where only some are. */
export interface HostView {
  readonly host: string;
  readonly failures: number;
  readonly restsUntil: Date | null;
  readonly lastError: string | null;
  readonly isSuspended: boolean;
  readonly isSilenced: boolean;
  readonly rejectsReports: boolean;
  readonly rejectsMedia: boolean;
  readonly isAllowed: boolean;
  readonly reason: string;
}

/** What we know of others and said to them. Commands say in words what they did; false: there was nothing to do it to. */
export interface FediverseService {
  /** Whether a host, or this actor there, is shut out; where only some hosts are let in, whether it is none of them. */
  isSuspended(host: string, actor?: string): Promise<boolean>;
  /** Nothing comes from it any more and nothing goes there, or again: then nothing else is held against it either. Follows stay as they are, so that lifting it brings them back. */
  suspendHost(tx: Tx, host: string, isSuspended: boolean, reason: string): Promise<void>;
  /** Lets a host in where only some are. */
  allowHost(tx: Tx, host: string, isAllowed: boolean): Promise<void>;
  listHosts(): Promise<readonly HostView[]>;

  countMembers(actor: string, which: MembersOf): Promise<number>;
  /** Of the followers on one host only, where host is given. */
  listMembers(actor: string, which: MembersOf, page: number): Promise<CollectionPage<string>>;
  /** All followers of the actor on one host, in no order: for their synchronisation. */
  listFollowersOn(actor: string, host: string): Promise<readonly string[]>;
  countOutbox(actor: string): Promise<number>;
  /** What it said to everybody, as it was said. */
  listOutbox(actor: string, page: number): Promise<CollectionPage<Json>>;
  /** An activity of ours by its address, if everybody may see it. */
  findSaid(uri: string): Promise<Json | null>;
  /** An object of ours by its address, as the world was told of it last; null: it never was. */
  findSaidObject(uri: string): Promise<SaidObject | null>;
  /** The address under which the world knows something, or knew it last. */
  findObjectUri(source: { type: string; id: string }): Promise<string | null>;
  listReactions(object: string): Promise<readonly Reaction[]>;
  /** What answers an object of ours, or mentions us (about null), the oldest first. */
  listAbout(object: string | null): Promise<readonly DocumentView[]>;
  findFollow(follower: string, followed: string): Promise<FollowView | null>;

  /** Writes it down with one delivery for each distinct inbox; the second time of the same address it does nothing. Gives whether it was the first. */
  say(tx: Tx, statement: Statement): Promise<boolean>;

  /** Null: it was handled, or is gone. */
  findIncoming(id: IncomingId): Promise<Incoming | null>;
  /** Takes it in hand for the length of the transaction; false: somebody else handled it meanwhile. */
  takeIncoming(tx: Tx, id: IncomingId): Promise<boolean>;
  /** What was made of it, in words. */
  settleIncoming(tx: Tx, id: IncomingId, outcome: string): Promise<void>;
  /** Deletes what came and was handled before then, deliveries that were settled, what was said to one actor only, and actors who left nothing here. */
  forgetHandled(tx: Tx, before: Date): Promise<void>;

  /**
   * Somebody follows one of ours. accepted: from now on; asked: once they say so, as they want to be asked; refused: nothing passes
   * between the two, or the name of the follow is another's.
   */
  acceptFollower(tx: Tx, follow: Omit<FollowView, "state">): Promise<FollowView["state"]>;
  /** One of ours asks to follow somebody. */
  askToFollow(tx: Tx, follow: Omit<FollowView, "state">): Promise<void>;
  /** What the followed one says to it. */
  answerFollow(
    tx: Tx,
    followed: string,
    follow: { activity: string | null; follower: string | null },
    isAccepted: boolean,
  ): Promise<boolean>;
  removeFollow(tx: Tx, follower: string, followed: string): Promise<FollowView | null>;
  /** Local followers of an actor that moved. */
  listLocalFollowers(followed: string): Promise<readonly FollowView[]>;
  noteMove(tx: Tx, from: string, to: string): Promise<void>;
  /** Whether a Move of this actor was followed within the last week. */
  movedLately(actor: string): Promise<boolean>;

  react(tx: Tx, reaction: Reaction): Promise<boolean>;
  /** Only what its own actor did. */
  withdraw(tx: Tx, withdrawal: Withdrawal): Promise<boolean>;
  block(tx: Tx, block: { actor: string; blocked: string; activity: string }): Promise<void>;

  /** Whether it concerns us, and what of ours it answers. */
  concernOf(written: Pick<WrittenElsewhere, "actor" | "inReplyTo" | "mentions">): Promise<{ about: string | null } | null>;
  /** Stores or changes it; false where its id is somebody else's, or of something deleted, or a newer one is here. */
  keepDocument(tx: Tx, written: WrittenElsewhere, about: string | null): Promise<boolean>;
  /** What a service of ours told the world becomes a post of the hub, in short, or is changed or taken back there. at: when it was said. */
  keepPublished(tx: Tx, published: { actor: string; type: "Create" | "Update" | "Delete"; object: Json; at: Date }): Promise<void>;
  /** Leaves its Tombstone; only what the actor wrote. */
  deleteDocument(tx: Tx, actor: string, uri: string): Promise<boolean>;
  /** An actor elsewhere is no more: nor are its follows, reactions and texts. False: it was never known. */
  forgetActor(tx: Tx, actor: string): Promise<boolean>;
}
