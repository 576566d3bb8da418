import type { FieldDigests } from "../models/ghost.ts";
import type { GhostLinkId, MediaId, NewsletterId, PageId, PostId, SubscriberId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";
import type { PieceKind, PieceRef } from "./writing.ts";

export type { FieldDigests } from "../models/ghost.ts";

/** theirs: Ghost's. */
export type GhostSide = "theirs" | "ours";

/** A piece in Ghost and the same here. ghostId null: not known to be there; postId and pageId null: not here. */
export interface GhostLink {
  readonly id: GhostLinkId;
  readonly kind: PieceKind;
  readonly ghostId: string | null;
  readonly postId: PostId | null;
  readonly pageId: PageId | null;
  /** Names the piece in Ghost while it is not known to be there. */
  readonly syncKey: string;
  /** Both sides' fields when they last agreed; null: never. */
  readonly agreed: { readonly theirs: FieldDigests; readonly ours: FieldDigests } | null;
  /** Ghost's own date of what was seen there; null: not known. */
  readonly theirUpdatedAt: Date | null;
  /** The side that somebody wants both to be as; null: what was changed goes to the other. */
  readonly asked: GhostSide | null;
  readonly isEnded: boolean;
  /** How often a comparison was asked for: who settles shows the count they began with. */
  readonly wants: number;
  readonly attempts: number;
}

/** What came of a comparison; what is absent stays. retryAt: when it is to be done again. */
export interface GhostSettlement {
  readonly ghostId?: string | null;
  readonly title?: string;
  readonly agreed?: { readonly theirs: FieldDigests; readonly ours: FieldDigests };
  /** Of the piece here, as the agreement saw it. */
  readonly ourUpdatedAt?: Date | null;
  readonly theirUpdatedAt?: Date | null;
  /** The fields that say something else on each side all the same. */
  readonly differing?: readonly string[];
  readonly isEnded?: boolean;
  /** For editors: what they should know. */
  readonly note?: string;
}

/** A piece as a list of Ghost's shows it. digest: of everything in the list. */
export interface GhostListed {
  readonly kind: PieceKind;
  readonly ghostId: string;
  readonly title: string;
  readonly digest: string;
}

/** A webhook whose signature was found right. piece: which it is about; asksForSweep: something was changed that it does not name. */
export interface GhostDelivery {
  readonly signature: string;
  readonly event: string;
  readonly sentAt: Date;
  readonly piece: { readonly kind: PieceKind; readonly ghostId: string } | null;
  readonly asksForSweep: boolean;
  /** A member was changed: who it is is asked of Ghost. */
  readonly asksForMembers: boolean;
}

/** How the comparison gets on. startedAt null: nobody has begun it. */
export interface GhostState {
  readonly startedAt: Date | null;
  readonly polledUntil: Date | null;
  readonly polledAt: Date | null;
  readonly sweep: number;
  readonly sweptAt: Date | null;
  readonly sweepTookMs: number | null;
  readonly sweepMet: number;
  readonly sweepDiffered: number;
  readonly sweepWantedAt: Date | null;
  /** Null: nobody asked for members. */
  readonly membersSince: Date | null;
  readonly membersWantedAt: Date | null;
  readonly membersAt: Date | null;
  readonly trouble: string | null;
  readonly troubleAt: Date | null;
}

/** Links by how they stand. never: not compared once and not failing, which is what is left of the first import. */
export interface GhostCounts {
  readonly linked: number;
  readonly never: number;
  readonly waiting: number;
  readonly failing: number;
  readonly ended: number;
  readonly differing: number;
}

/** A link as a list for editors shows it. address: of the piece here, to edit it. */
export interface GhostLinkView {
  readonly id: GhostLinkId;
  readonly kind: PieceKind;
  readonly ghostId: string | null;
  readonly pieceId: number | null;
  readonly title: string;
  readonly note: string;
  readonly trouble: string | null;
  readonly attempts: number;
  readonly wantedAt: Date | null;
  readonly comparedAt: Date | null;
  readonly differing: readonly string[];
  readonly isEnded: boolean;
}

/** The lists of links that there are. */
export type GhostLinkList = "failing" | "noted" | "recent" | "differing";

/** What somebody behind the counter asks for, for the audit log. */
export interface GhostRequest {
  readonly by: UserId;
}

/** A file of Ghost's in our library. url begins with __GHOST_URL__. */
export interface GhostFile {
  readonly url: string;
  readonly mediaId: MediaId;
  readonly path: string;
}

/** A member of Ghost's. digest: of all that is taken of them. */
export interface GhostMemberSeen {
  readonly ghostId: string;
  readonly digest: string;
}

/** A member of Ghost's and the same here. */
export interface GhostMemberLink {
  readonly ghostId: string;
  readonly subscriberId: SubscriberId;
}

/** What is known of a Ghost that this site is kept in step with: which piece is which, and what is to be compared. */
export interface GhostService {
  getState(): Promise<GhostState>;
  getCounts(): Promise<GhostCounts>;
  /** failing: with a trouble, the oldest first. noted: with something to know, first what differs, then the newest. recent: compared last. differing: otherwise on each side. */
  listLinks(which: GhostLinkList, limit: number): Promise<readonly GhostLinkView[]>;
  findLink(id: GhostLinkId): Promise<GhostLink | null>;
  /** As a list shows it. Throws not-found. */
  getLinkView(id: GhostLinkId): Promise<GhostLinkView>;
  /** Those of these pieces of Ghost's that are known, in no order. */
  findLinksTo(pieces: readonly { kind: PieceKind; ghostId: string }[]): Promise<readonly GhostLink[]>;
  /** Whose sync key this is. */
  findLinkBySyncKey(key: string): Promise<GhostLink | null>;

  /** Begins it: a full sweep is due. False when it was begun before. */
  start(tx: Tx, request: GhostRequest): Promise<boolean>;
  /** A sweep is due now. */
  askForSweep(tx: Tx, request: GhostRequest): Promise<void>;
  /**
   * The piece is compared now, also one that was given up; side: both are to be as that one, null: what was changed goes to the
   * other. False when there is none or it has ended.
   */
  askForLink(tx: Tx, id: GhostLinkId, request: GhostRequest & { side: GhostSide | null }): Promise<boolean>;
  /** Every piece that says something else on each side is to be as on this one. Returns how many. */
  askForDifferences(tx: Tx, side: GhostSide, request: GhostRequest): Promise<number>;

  /** Writes down a webhook and what it asks for. False when it came before. */
  receive(tx: Tx, delivery: GhostDelivery): Promise<boolean>;
  forgetDeliveries(tx: Tx, before: Date): Promise<void>;

  /** Takes the turn for so long, or keeps it. False: another process has it. */
  takeTurn(tx: Tx, holder: string, seconds: number): Promise<boolean>;
  endTurn(tx: Tx, holder: string): Promise<void>;
  /** What the last round met with; null: nothing. */
  noteTrouble(tx: Tx, trouble: string | null): Promise<void>;

  /** Notes what a list says, and wants what it says otherwise than before. sweep null: it is no sweep's. Returns how many. */
  noteListed(tx: Tx, listed: readonly GhostListed[], sweep: number | null): Promise<number>;
  notePoll(tx: Tx, polledUntil: Date): Promise<void>;
  /** Begins a sweep, and gives its number. */
  beginSweep(tx: Tx): Promise<number>;
  /** Wants every piece that the sweep did not meet. Returns how many. */
  endSweep(tx: Tx, sweep: number, figures: { met: number; differed: number; tookMs: number; nextAt: Date }): Promise<number>;
  /** Wants what was changed here since it agreed, and what was published here since the start and is in no link. Returns how many. */
  noteOurs(tx: Tx): Promise<number>;

  /** What is to be compared by now, the longest waiting first. */
  listDue(limit: number): Promise<readonly GhostLink[]>;
  /** Says which piece here is the link's, in the transaction that made it. */
  linkPiece(tx: Tx, id: GhostLinkId, piece: PieceRef): Promise<void>;
  /** Forgets a link that turned out to be another's piece. */
  dropLink(tx: Tx, id: GhostLinkId): Promise<void>;
  /** Links an imported piece that no list has shown yet. */
  ensureLink(tx: Tx, piece: { kind: PieceKind; ghostId: string; title: string }): Promise<GhostLink>;
  /** Holds a link until the transaction ends, as it stands; null: it is gone. */
  holdLink(tx: Tx, id: GhostLinkId): Promise<GhostLink | null>;
  /** A ghostId that is set takes the place of any link that knows nothing but that id. */
  settle(tx: Tx, link: Pick<GhostLink, "id" | "wants">, settlement: GhostSettlement): Promise<void>;
  /** Is done again then. It counts as a failure when there is a trouble. */
  postpone(tx: Tx, link: Pick<GhostLink, "id">, retry: { at: Date; trouble: string | null }): Promise<void>;

  /** Has members, newsletters and labels brought here from now on; begun before, now. */
  askForMembers(tx: Tx, request: GhostRequest): Promise<void>;
  countMembers(): Promise<number>;
  /** Begins a look through all members, and gives its number. */
  beginMembers(tx: Tx): Promise<number>;
  /** Notes who was met, and gives those of whom Ghost says something else than before. */
  noteMembers(tx: Tx, look: number, seen: readonly GhostMemberSeen[]): Promise<ReadonlySet<string>>;
  /** Says who they are here, in the transaction that wrote it. Gives who is no member's any more: those have another address there now. */
  linkMembers(tx: Tx, look: number, members: readonly (GhostMemberSeen & GhostMemberLink)[]): Promise<readonly SubscriberId[]>;
  listUnmetMembers(look: number, limit: number): Promise<readonly GhostMemberLink[]>;
  dropMembers(tx: Tx, ghostIds: readonly string[]): Promise<void>;
  endMembers(tx: Tx, nextAt: Date): Promise<void>;
  /** Which list here a newsletter of Ghost's is; null: none yet. */
  findNewsletter(ghostId: string): Promise<NewsletterId | null>;
  linkNewsletter(tx: Tx, ghostId: string, newsletterId: NewsletterId): Promise<void>;

  findFiles(urls: readonly string[]): Promise<readonly GhostFile[]>;
  findFilesAt(paths: readonly string[]): Promise<readonly GhostFile[]>;
  keepFile(tx: Tx, file: GhostFile): Promise<void>;
  /** Mail addresses of people, in the order of the ids; whoever has none is left out. */
  listAddresses(ids: readonly UserId[]): Promise<readonly string[]>;
  /** Members by mail address, in the order of the addresses; unknown ones are left out. */
  findMembers(addresses: readonly string[]): Promise<readonly { userId: UserId; email: string }[]>;
}
