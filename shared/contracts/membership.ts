import type { DuesId, GroupId, MembershipId, OrderId, UserId } from "../models/ids.ts";
import type { DuesPeriod, DuesWay, GroupDoor, MembershipState } from "../models/membership.ts";
import type { CartOwner, PutResult } from "./cart.ts";
import type { Paging } from "./dto.ts";
import type { Tx } from "./tx.ts";

/** none: the group has no dues. waived: nobody asks for them now. due: for 30 days from the day they begin; overdue: after that. */
export const DUES_STATES = ["none", "paid", "waived", "due", "overdue"] as const;
export type DuesState = (typeof DUES_STATES)[number];

/** How the dues of a membership stand. Days are "YYYY-MM-DD"; from and until: of the period that is paid next. */
export interface DuesView {
  readonly state: DuesState;
  readonly amountMinor: number | null;
  readonly period: DuesPeriod | null;
  readonly currency: string;
  readonly paidUntil: string | null;
  readonly from: string | null;
  readonly until: string | null;
}

/** Dues that were settled. */
export interface DuesEntry {
  readonly id: DuesId;
  readonly way: DuesWay;
  readonly amountMinor: number;
  readonly currency: string;
  readonly fromOn: string;
  readonly untilOn: string;
  readonly note: string;
  readonly notedByName: string | null;
  readonly notedAt: Date;
  readonly takenBackAt: Date | null;
}

export interface GroupName {
  readonly id: GroupId;
  readonly slug: string;
  readonly name: string;
}

/** A group as those see it who may get in. */
export interface GroupCard extends GroupName {
  readonly description: string;
  readonly door: GroupDoor;
  readonly dues: { readonly amountMinor: number; readonly period: DuesPeriod; readonly currency: string } | null;
}

/** As stewards see it. memberCount: who is in it, not counting groups that are part of it. */
export interface GroupView extends GroupCard {
  readonly partOf: GroupName | null;
  readonly memberCount: number;
  readonly askedCount: number;
  readonly version: number;
  readonly archivedAt: Date | null;
}

/** A membership as whoever it is of sees it, and stewards. */
export interface MembershipView {
  readonly id: MembershipId;
  readonly group: GroupName & { readonly description: string };
  readonly state: MembershipState;
  readonly since: Date;
  readonly dues: DuesView;
  readonly entries: readonly DuesEntry[];
}

/** A member in a list of stewards. */
export interface MemberRow {
  readonly userId: UserId;
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly joinedAt: Date;
  readonly groups: readonly { readonly name: string; readonly state: MembershipState; readonly dues: DuesState }[];
}

/** words: part of a name, a handle or a mail address. groupId null, dues null: whatever they are. */
export interface MemberFilter {
  readonly words: string;
  readonly groupId: GroupId | null;
  readonly dues: DuesState | null;
}

export interface MemberPage extends Paging {
  readonly members: readonly MemberRow[];
}

export interface GroupDetails {
  readonly name: string;
  readonly description: string;
  readonly door: GroupDoor;
  readonly partOfId: GroupId | null;
  readonly duesMinor: number | null;
  readonly duesPeriod: DuesPeriod | null;
}

/** already: nothing was done. closed: nobody gets in by themselves, or it gives rights, which only who may give them can do. */
export type JoinGroupResult =
  | { readonly kind: "joined" }
  | { readonly kind: "asked" }
  | { readonly kind: "already" }
  | { readonly kind: "closed" };

/** gives-rights: whoever is in it has roles, so only who may give roles puts somebody in. about-oneself: nobody does that for themselves. */
export type PutInResult =
  | { readonly kind: "put-in" }
  | { readonly kind: "already" }
  | { readonly kind: "gives-rights" }
  | { readonly kind: "about-oneself" };

export type SaveGroupResult =
  | { readonly kind: "saved"; readonly slug: string }
  | { readonly kind: "taken" }
  | { readonly kind: "circle" }
  | { readonly kind: "gives-rights" }
  | { readonly kind: "conflict"; readonly now: GroupView };

/** gives-rights: with it rights go, or come back, which only who may give roles decides. */
export type EndResult = { readonly kind: "done" } | { readonly kind: "gives-rights" };

/** Groups, who is in them, and what they pay. Commands of stewards are audited; an admin of the site always stays. */
export interface MembershipService {
  /** What the member is in or asked for, by name. */
  listOwn(userId: UserId): Promise<readonly MembershipView[]>;
  /** Groups that the member is not in and could get into. */
  listToJoin(userId: UserId): Promise<readonly GroupCard[]>;
  join(tx: Tx, userId: UserId, groupId: GroupId): Promise<JoinGroupResult>;
  /** Throws not-found for somebody else's, and last-admin where nobody would be admin of the site any more. */
  leave(tx: Tx, userId: UserId, membershipId: MembershipId): Promise<GroupName>;
  /** The dues of the next period into the member's cart. Throws not-found for somebody else's. */
  putDuesIntoCart(tx: Tx, owner: CartOwner & { kind: "member" }, membershipId: MembershipId): Promise<PutResult>;
  /** Makes dues agree with where their order stands; doing so again changes nothing. */
  settleOrder(tx: Tx, orderId: OrderId): Promise<void>;

  listGroups(): Promise<readonly GroupView[]>;
  /** Throws not-found. */
  getGroup(slug: string): Promise<GroupView>;
  /** Those who ask to get in, oldest first. */
  listAsking(
    groupId: GroupId,
  ): Promise<readonly { readonly id: MembershipId; readonly handle: string; readonly name: string; readonly since: Date }[]>;
  /** version null: a new one. */
  saveGroup(
    tx: Tx,
    group: { readonly slug: string; readonly version: number | null; readonly by: UserId } & GroupDetails,
  ): Promise<SaveGroupResult>;
  /** Nobody counts as in it from now on, or they do again. */
  setArchived(tx: Tx, slug: string, change: { readonly isArchived: boolean; readonly by: UserId }): Promise<EndResult>;
  /** Whether being in the group, or in one that it is part of, gives a role to somebody. */
  givesRights(tx: Tx, slug: string): Promise<boolean>;
  /** mayGiveRights: of who lets them in; null: decided by who does it. */
  putIn(
    tx: Tx,
    entry: {
      readonly groupId: GroupId;
      readonly userId: UserId;
      readonly by: UserId;
      readonly how: "steward" | "invitation";
      readonly mayGiveRights: boolean | null;
    },
  ): Promise<PutInResult>;
  /** Somebody who asked is not let in. */
  decline(tx: Tx, membershipId: MembershipId, by: UserId): Promise<void>;
  takeOut(tx: Tx, membershipId: MembershipId, by: UserId): Promise<EndResult>;

  listMembers(filter: MemberFilter, page: number): Promise<MemberPage>;
  /** Throws not-found. */
  getMember(handle: string): Promise<{
    readonly userId: UserId;
    readonly handle: string;
    readonly name: string;
    readonly email: string | null;
    readonly joinedAt: Date;
  }>;
  /** Money that a steward took, or that nobody asks for, for the next period. */
  noteDues(
    tx: Tx,
    note: {
      readonly membershipId: MembershipId;
      readonly way: "cash" | "waived";
      readonly amountMinor: number;
      readonly note: string;
      readonly by: UserId;
    },
  ): Promise<{ readonly kind: "noted" } | { readonly kind: "no-dues" }>;
  /** Only what was noted by hand: what was paid through the cart goes back there. */
  takeBackDues(tx: Tx, duesId: DuesId, by: UserId): Promise<boolean>;
}
