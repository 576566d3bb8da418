import type { Visibility } from "../models/federation.ts";
import type { MediaId, StatusId, UserId } from "../models/ids.ts";
import type { Picture } from "./dto.ts";
import type { Tx } from "./tx.ts";

/** Who may see a status: everybody; everybody, but on no board; who follows its author; who is named in it. */
export type StatusVisibility = Exclude<Visibility, "internal">;

export const STATUS_LIMITS = {
  text: 5000,
  warning: 200,
  pictures: 4,
  alt: 1500,
  mentions: 50,
  tags: 30,
  options: 6,
  option: 100,
  pollDays: 30,
} as const;

/** A member who reads: what they may see is what their actor may. */
export interface Reader {
  readonly userId: UserId;
  readonly handle: string;
}

/** Who wrote or boosted. handle: "@ada" of ours, "@ada@theirs.example" of others. path: of their page here. */
export interface StatusAuthor {
  readonly uri: string;
  readonly name: string;
  readonly handle: string;
  readonly path: string;
  readonly pictureUrl: string | null;
  readonly isOurs: boolean;
}

/** Something from elsewhere that hangs on a status: nobody's browser asks its host for it before somebody follows the link. path: of our copy of a picture. width and height: as its server says. */
export interface RemoteAttachment {
  readonly url: string;
  readonly kind: "picture" | "film" | "sound" | "file";
  readonly alt: string;
  readonly path: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** A picture of a member's post, and which of the library it is. */
export interface StatusPicture extends Picture {
  readonly mediaId: MediaId;
}

/** A poll as one reader sees it. share: in percent of those who answered. chosen: by the reader. */
export interface StatusPoll {
  readonly isMultiple: boolean;
  readonly endsAt: Date | null;
  readonly isOver: boolean;
  readonly voters: number;
  readonly options: readonly { position: number; name: string; votes: number; share: number; isChosen: boolean }[];
  readonly mayVote: boolean;
}

/** A status as one reader sees it. path: of its page here; url: of its page where it was written. */
export interface StatusView {
  readonly id: StatusId;
  readonly uri: string;
  readonly type: string;
  readonly path: string;
  readonly url: string;
  readonly author: StatusAuthor;
  readonly isMine: boolean;
  readonly name: string;
  readonly html: string;
  readonly warning: string;
  readonly language: string | null;
  readonly visibility: StatusVisibility;
  readonly publishedAt: Date;
  readonly editedAt: Date | null;
  /** What it answers; path null: it is not here, or not for this reader. */
  readonly answers: {
    readonly uri: string;
    readonly path: string | null;
    readonly handle: string | null;
    readonly parent: AnsweredStatus | null;
  } | null;
  readonly pictures: readonly StatusPicture[];
  readonly attachments: readonly RemoteAttachment[];
  /** Its pictures are shown to whoever asks for them. */
  readonly isSensitive: boolean;
  readonly poll: StatusPoll | null;
  readonly counts: { readonly replies: number; readonly boosts: number; readonly likes: number };
  /** What the reader did with it. */
  readonly mine: {
    readonly liked: boolean;
    readonly boosted: boolean;
    readonly bookmarked: boolean;
    readonly pinned: boolean;
    /** They hear nothing more of its thread. */
    readonly threadMuted: boolean;
  };
  /** Whether others may hand it on: what is for some only is theirs. */
  readonly mayBoost: boolean;
}

/** What is answered, as far as it is here. */
export interface AnsweredStatus {
  readonly id: StatusId;
  readonly publishedAt: Date;
  readonly actor: string;
}

/** One line of a timeline: a status, and who brought it there where that is not its author. place: where it stands, as PageFrom takes it. */
export interface TimelineLine {
  readonly status: StatusView;
  readonly boostedBy: StatusAuthor | null;
  readonly place: string;
}

/** Where a page begins: at the newest (null), below a place, or with what comes next above it; either way the newest stands first. */
export type PageFrom = string | null | { readonly after: string };

/** Whom a status names, by address, and its tags. */
export interface StatusTies {
  readonly mentions: readonly string[];
  readonly tags: readonly string[];
}

/** The newest first. older: where the next page begins, of a page that was read upwards where it goes on up; null at the end. */
export interface StatusPage {
  readonly lines: readonly TimelineLine[];
  readonly older: string | null;
}

export interface DraftPicture {
  readonly mediaId: MediaId;
  readonly alt: string;
}

/** What a member is about to say. mentions: actors that the text names, found before; handle as the text has it, without "@". */
export interface StatusDraft {
  readonly text: string;
  readonly warning: string;
  readonly language: string;
  readonly visibility: StatusVisibility;
  readonly answers: StatusId | null;
  /** An object of a service of ours that it answers, which is no status: a comment. */
  readonly about: string | null;
  readonly mentions: readonly { readonly handle: string; readonly uri: string }[];
  readonly pictures: readonly DraftPicture[];
  readonly poll: { readonly options: readonly string[]; readonly isMultiple: boolean; readonly endsAt: Date } | null;
}

/** A status of the member's own as it was typed. */
export interface StatusSource {
  readonly id: StatusId;
  readonly text: string;
  readonly warning: string;
  readonly language: string | null;
  readonly visibility: StatusVisibility;
  readonly pictures: readonly (DraftPicture & { readonly picture: Picture })[];
  readonly hasPoll: boolean;
}

/** A member's status as the world is told of it. mentions and pictures by their addresses; html as pages show it. */
export interface OwnStatus {
  readonly id: StatusId;
  readonly uri: string;
  readonly type: "Note" | "Question";
  readonly authorId: UserId;
  readonly handle: string;
  readonly html: string;
  readonly warning: string;
  readonly language: string | null;
  readonly visibility: StatusVisibility;
  readonly inReplyTo: string | null;
  readonly publishedAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly mentions: readonly { readonly uri: string; readonly handle: string }[];
  readonly tags: readonly string[];
  readonly pictures: readonly Picture[];
  readonly poll: {
    readonly isMultiple: boolean;
    readonly endsAt: Date | null;
    readonly voters: number;
    readonly options: readonly { readonly name: string; readonly votes: number }[];
  } | null;
}

/** How it read until then. */
export interface StatusVersion {
  readonly html: string;
  readonly warning: string;
  readonly at: Date;
}

/** A thread around one status, in reading order. depth: how many answers deep, from 0; isMissing: what it answers could be asked for. */
export interface StatusThread {
  readonly ancestors: readonly StatusView[];
  readonly status: StatusView;
  readonly replies: readonly { readonly status: StatusView; readonly depth: number }[];
  /** The address of what the first of them answers, where it is not here. */
  readonly missing: string | null;
}

/**
 * What members and people elsewhere write, as the hub shows it. Reads take the reader, null for a guest: what they may not see is not
 * found. Commands emit the activity by which the world is told.
 */
export interface StatusesService {
  /** Throws not-found for what it answers, and invalid-request for what no status may be. */
  compose(tx: Tx, author: Reader, draft: StatusDraft): Promise<StatusId>;
  /** The text, warning, language and words of pictures; the way it stood before is kept. Throws not-found for what is not the author's. */
  edit(
    tx: Tx,
    author: Reader,
    id: StatusId,
    draft: Pick<StatusDraft, "text" | "warning" | "language" | "mentions" | "pictures">,
  ): Promise<void>;
  /** Leaves a Tombstone. Throws not-found for what is not the author's. */
  remove(tx: Tx, author: Reader, id: StatusId): Promise<void>;
  /** Twice is once. Throws not-found; post-refused for a boost of what is not for all. */
  react(tx: Tx, reader: Reader, id: StatusId, type: "Like" | "Announce"): Promise<void>;
  takeBack(tx: Tx, reader: Reader, id: StatusId, type: "Like" | "Announce"): Promise<void>;
  bookmark(tx: Tx, reader: Reader, id: StatusId, isWanted: boolean): Promise<void>;
  /** On top of the profile; of one's own only, five at most, and nothing direct. */
  pin(tx: Tx, reader: Reader, id: StatusId, isWanted: boolean): Promise<void>;
  /** Throws post-refused where the poll is over, was answered or has no such option. */
  vote(tx: Tx, reader: Reader, id: StatusId, positions: readonly number[]): Promise<void>;

  /** Throws not-found. */
  getStatus(id: StatusId, reader: Reader | null): Promise<StatusView>;
  /** By the address that the world knows it by; null: it is not here, or not for this reader. */
  findByUri(uri: string, reader: Reader | null): Promise<StatusView | null>;
  /** Of these addresses what is here and for this reader, by them. */
  findAllByUri(uris: readonly string[], reader: Reader | null): Promise<ReadonlyMap<string, StatusView>>;
  /** Whom these name, and their tags; whoever asks was shown them. */
  listTies(ids: readonly StatusId[]): Promise<ReadonlyMap<StatusId, StatusTies>>;
  /** Tags that begin so, of what everybody may see here; those that were used most lately first. */
  searchTags(words: string, limit: number): Promise<readonly { readonly tag: string; readonly count: number }[]>;
  /** Throws not-found. */
  getThread(id: StatusId, reader: Reader | null): Promise<StatusThread>;
  /** A member's own, whoever asks: for documents. Deleted ones too; null: it is from elsewhere, or never was. */
  findOwn(id: StatusId): Promise<OwnStatus | null>;
  /** The address of a status and of who wrote it, whoever asks. */
  findAddress(id: StatusId): Promise<{ readonly uri: string; readonly actor: string; readonly visibility: StatusVisibility } | null>;
  /** Whether an actor may see it, here or elsewhere; false as well where it is not here. */
  isSeenBy(uri: string, actor: string): Promise<boolean>;
  /** An answer to a member's poll from elsewhere, by the option's name. False: there is no such poll open, or it was answered before. */
  takeVote(tx: Tx, vote: { readonly question: string; readonly option: string; readonly actor: string }): Promise<boolean>;
  /** The figures of members' polls that were answered meanwhile go out, of each no oftener than every five minutes; gives how many. For the timetable. */
  tellFigures(tx: Tx): Promise<number>;
  /** What is over now is told of: the world of the last figures, members who asked or answered by a handler; gives how many. For the timetable. */
  closePolls(tx: Tx): Promise<number>;
  /** Where a picture lies that came with a status from elsewhere, by its place among what hangs on it; null: there is none, it is not for this reader, or none are taken from there. */
  findAttachment(id: StatusId, place: number, reader: Reader | null): Promise<string | null>;
  /** The actors who answered a poll, as far as known here. */
  listVoters(id: StatusId): Promise<readonly string[]>;
  /** What a member put on top, for their collection: the addresses, of what everybody may see. */
  listFeatured(actor: string): Promise<readonly string[]>;
  /** Throws not-found for what is not the author's. */
  getSource(id: StatusId, author: Reader): Promise<StatusSource>;
  listVersions(id: StatusId, reader: Reader | null): Promise<readonly StatusVersion[]>;
  /** Who boosted or liked it, the latest first, a hundred at most. */
  listReactors(id: StatusId, type: "Like" | "Announce", reader: Reader | null): Promise<readonly StatusAuthor[]>;

  /** What those whom the member follows wrote and boosted, and the member. from: StatusPage.older of the page before, or a place. */
  listHome(reader: Reader, from: PageFrom): Promise<StatusPage>;
  /** What members said to everybody. */
  listLocal(reader: Reader | null, from: PageFrom): Promise<StatusPage>;
  /** What was said to everybody, here and as far as it is known elsewhere; or elsewhere only. */
  listPublic(reader: Reader | null, from: PageFrom, which: "all" | "elsewhere"): Promise<StatusPage>;
  /** What everybody may see under a tag, small letters and no "#". */
  listTagged(tag: string, reader: Reader | null, from: PageFrom): Promise<StatusPage>;
  /** With these words, as websites read them (“quoted words”, -without), of members here who let their public posts be found so. */
  listFound(words: string, reader: Reader | null, from: PageFrom): Promise<StatusPage>;
  /** Of these actors, as a list has them. */
  listOfActors(actors: readonly string[], reader: Reader | null, from: PageFrom): Promise<StatusPage>;
  /** What one actor wrote and boosted: the posts of a profile. */
  listOf(actor: string, reader: Reader | null, from: PageFrom): Promise<StatusPage>;
  listPinned(actor: string, reader: Reader | null): Promise<readonly StatusView[]>;
  listBookmarks(reader: Reader, from: PageFrom): Promise<StatusPage>;
  listLiked(reader: Reader, from: PageFrom): Promise<StatusPage>;
  /** What is for the member by name only, and what they wrote so. */
  listDirect(reader: Reader, from: PageFrom): Promise<StatusPage>;
}
