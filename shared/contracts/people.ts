import type { PeopleListId, UserId } from "../models/ids.ts";
import type { Picture } from "./dto.ts";
import type { FollowView, Json } from "./fediverse.ts";
import type { Tx } from "./tx.ts";

/**
 * Somebody here or elsewhere, as pages show them. name: cleaned of what can't be seen or turns text round. handle: @ada@theirs.example,
 * its host in the letters that the network knows. path: of their page on federation.
 */
export interface PersonView {
  readonly uri: string;
  readonly name: string;
  readonly handle: string;
  readonly path: string;
  readonly isOurs: boolean;
  readonly picture: Picture | null;
}

/** A line of a profile, as plain text. href: the page that it names, whose address text is then. verifiedAt: since when that was seen to lead back. */
export interface FieldView {
  readonly name: string;
  readonly text: string;
  readonly href: string | null;
  readonly verifiedAt: Date | null;
}

/** Somebody's page. html: what they say of themselves, sanitised. counts: null where their host alone knows. */
export interface ProfileView extends PersonView {
  /** As they said them; "": not said, or of another host, which has them among the lines. */
  readonly pronouns: string;
  readonly html: string;
  readonly fields: readonly FieldView[];
  readonly isLocked: boolean;
  readonly isGroup: boolean;
  /** One of our own services: what it publishes can be followed, and there is nobody to talk to. */
  readonly isService: boolean;
  readonly movedTo: PersonView | null;
  readonly since: Date | null;
  /** Their page at home. */
  readonly url: string;
  readonly counts: { readonly followers: number | null; readonly following: number | null };
}

/** Somebody as lists of many show them whole. counts: as far as they are known here. lastSaidOn: when they said something last, as far as it is here. */
export interface AccountView extends Omit<ProfileView, "movedTo" | "counts" | "pronouns"> {
  readonly isService: boolean;
  readonly movedTo: string | null;
  readonly counts: { readonly followers: number; readonly following: number; readonly statuses: number };
  readonly lastSaidAt: Date | null;
}

/** What a member says of themselves, to be changed. isFindable: their public posts may be found by words in them. */
export interface OwnProfile {
  readonly name: string;
  readonly bio: string;
  readonly isLocked: boolean;
  readonly isFindable: boolean;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** Accounts elsewhere that may move here, and where a member went. */
export interface Removal {
  readonly alsoKnownAs: readonly string[];
  readonly movedTo: string | null;
  readonly movedAt: Date | null;
}

/** What stands between a member (first) and somebody else. until: when a mute ends by itself. */
export interface Standing {
  readonly follows: FollowView["state"] | null;
  readonly followedBy: FollowView["state"] | null;
  readonly blocks: boolean;
  readonly blocksDomain: boolean;
  readonly mutes: { readonly until: Date | null; readonly hidesNotifications: boolean } | null;
  readonly hasException: boolean;
  /** Whether the first hears of each new post of the other. */
  readonly isAlerted: boolean;
}

export interface Mute {
  readonly actor: string;
  readonly muted: string;
  readonly hidesNotifications: boolean;
  readonly until: Date | null;
}

export interface ListView {
  readonly id: PeopleListId;
  readonly name: string;
  readonly count: number;
}

/** People, and what members decided about each other and about others. Actors are named by their addresses. */
export interface PeopleService {
  /** Those of them that are known, by address. */
  findPeople(uris: readonly string[]): Promise<ReadonlyMap<string, PersonView>>;
  /** One of ours by handle, if they show themselves; one of another host by address, if it was ever asked. */
  findProfile(who: { handle: string } | { uri: string }): Promise<ProfileView | null>;
  /** Those of them that are known, by address; whom nobody may look up is for the caller to have asked. */
  findAccounts(uris: readonly string[]): Promise<ReadonlyMap<string, AccountView>>;
  /** Who is called so on another host, by what was seen of it last; null: nobody was. */
  findUri(handle: string, host: string): Promise<string | null>;
  /** Members who show themselves and known people elsewhere, by parts of names and handles; twenty at most. */
  searchPeople(words: string): Promise<readonly PersonView[]>;

  findOwnProfile(userId: UserId): Promise<OwnProfile>;
  /** From now on the member behind this actor shows themselves, as who acts in the fediverse must. */
  showThemselves(tx: Tx, actor: string): Promise<void>;
  saveProfile(tx: Tx, userId: UserId, profile: OwnProfile): Promise<void>;
  /** Addresses that the actor names in its fields and that nobody looked at lately, or ever. */
  listUncheckedLinks(actor: string, before: Date): Promise<readonly string[]>;
  /** What a look at the page gave: whether it leads back. */
  noteLink(tx: Tx, actor: string, href: string, leadsBack: boolean): Promise<void>;
  /** The actor names these addresses now, and no others. */
  keepLinks(tx: Tx, actor: string, hrefs: readonly string[]): Promise<void>;

  findRemoval(actor: string): Promise<Removal | null>;
  setAliases(tx: Tx, userId: UserId, aliases: readonly string[]): Promise<void>;
  /** False: they moved within the last thirty days. movedTo null: they are back. */
  moveAway(tx: Tx, userId: UserId, movedTo: string | null): Promise<boolean>;

  standing(actor: string, other: string): Promise<Standing>;
  /** The same with each of these; with somebody unknown nothing stands between. */
  standings(actor: string, others: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /** Of those whom one of ours follows the ones who follow the other, by address; ten at most. */
  listFamiliar(actor: string, other: string): Promise<readonly string[]>;
  /** Whether nothing passes between the two: one blocks the other or their server, or a steward shut one of them out. */
  isCutOff(tx: Tx, one: string, other: string): Promise<boolean>;
  /** Wherever the one is in a list of the member behind this actor, the other is from now on. */
  carryLists(tx: Tx, actor: string, from: string, to: string): Promise<void>;
  /** Whether follows to it wait for its yes. */
  isLocked(actor: string): Promise<boolean>;
  /** Who follows one of ours, or asks to; the latest first, a hundred at a time from page 1. */
  listFollowers(actor: string, state: "asked" | "accepted", page: number): Promise<readonly PersonView[]>;
  /** Whom one of ours follows or asked to. */
  listFollowing(actor: string, page: number): Promise<readonly (PersonView & { readonly state: FollowView["state"] })[]>;
  countRequests(actor: string): Promise<number>;
  /** The follow that waited and is accepted now; null: none waited. */
  acceptRequest(tx: Tx, follower: string, followed: string): Promise<FollowView | null>;

  mute(tx: Tx, mute: Mute): Promise<void>;
  unmute(tx: Tx, actor: string, muted: string): Promise<boolean>;
  /** What the block was called; null: there was none. */
  unblock(tx: Tx, actor: string, blocked: string): Promise<string | null>;
  /** Ends follows both ways; gives those that ended. */
  blockDomain(tx: Tx, actor: string, domain: string): Promise<readonly FollowView[]>;
  unblockDomain(tx: Tx, actor: string, domain: string): Promise<boolean>;
  listMuted(actor: string): Promise<readonly (PersonView & { readonly until: Date | null; readonly hidesNotifications: boolean })[]>;
  listBlocked(actor: string): Promise<readonly PersonView[]>;
  listBlockedDomains(actor: string): Promise<readonly string[]>;
  /** The member does not follow them, whatever rules derive; false takes that back. */
  except(tx: Tx, actor: string, other: string, isExcepted: boolean): Promise<void>;

  /** The member wants to hear of each new post of somebody, or no more. False: they don't follow them. */
  alert(tx: Tx, actor: string, other: string, isWanted: boolean): Promise<boolean>;

  /** What an actor of ours created and boosted, the oldest first, two hundred after the last that was seen. */
  listSaid(actor: string, after: number): Promise<{ readonly items: readonly Json[]; readonly last: number }>;

  listLists(userId: UserId): Promise<readonly ListView[]>;
  /** Throws not-found for a list that is not the member's. */
  getList(userId: UserId, id: PeopleListId): Promise<ListView & { readonly people: readonly PersonView[] }>;
  /** Of a list of the member's those whom they still follow: whose posts its timeline shows. */
  listPeopleOfList(userId: UserId, id: PeopleListId): Promise<readonly string[]>;
  /** Lists of the member's that somebody is in. */
  listListsWith(userId: UserId, person: string): Promise<readonly ListView[]>;
  /** Null: they have one of that name. */
  makeList(tx: Tx, userId: UserId, name: string): Promise<PeopleListId | null>;
  renameList(tx: Tx, userId: UserId, id: PeopleListId, name: string): Promise<"renamed" | "taken">;
  removeList(tx: Tx, userId: UserId, id: PeopleListId): Promise<void>;
  /** False: the member does not follow them. */
  addToList(tx: Tx, userId: UserId, id: PeopleListId, person: string): Promise<boolean>;
  removeFromList(tx: Tx, userId: UserId, id: PeopleListId, person: string): Promise<void>;
}
