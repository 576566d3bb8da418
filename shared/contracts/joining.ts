import type { GroupId, InvitationId, JoinRequestId, UserId } from "../models/ids.ts";
import type { JoinState } from "../models/joining.ts";
import type { Paging } from "./dto.ts";
import type { Agreement } from "./site.ts";
import type { Tx } from "./tx.ts";

/** days: for how long it is good. email null: for whoever has the link. */
export interface NewInvitation {
  readonly email: string | null;
  readonly note: string;
  readonly groupId: GroupId | null;
  readonly mostUses: number;
  readonly days: number;
  readonly by: UserId;
}

/** token: the secret half of the link; it is shown once, and stored as a hash. gives-rights: into that group only who may give roles invites. */
export type InviteResult =
  | { readonly kind: "invited"; readonly token: string }
  | { readonly kind: "gives-rights" }
  | { readonly kind: "no-group" };

export type InvitationState = "open" | "used-up" | "expired" | "revoked";

/** As stewards see it. */
export interface InvitationView {
  readonly id: InvitationId;
  readonly email: string | null;
  readonly note: string;
  readonly groupName: string | null;
  readonly makesAdmin: boolean;
  readonly uses: number;
  readonly mostUses: number;
  readonly madeByName: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly state: InvitationState;
  readonly people: readonly { readonly handle: string; readonly name: string }[];
}

/** As whoever has the link sees it: not for whom it is. used: this very member has used it. */
export type OpenedInvitation =
  | {
      readonly kind: "open";
      readonly note: string;
      readonly groupName: string | null;
      readonly makesAdmin: boolean;
      readonly isForOneAddress: boolean;
      readonly madeByName: string | null;
      readonly expiresAt: Date;
    }
  | { readonly kind: "used" }
  | { readonly kind: "void" };

/** void: forged, over, revoked or used up. other-address: it is for somebody else. already: this person used it before. */
export type AcceptResult =
  | { readonly kind: "accepted" }
  | { readonly kind: "already" }
  | { readonly kind: "void" }
  | { readonly kind: "other-address" };

/** What a proved address that nobody has may do now. */
export type WayIn = "open" | "invited" | "ask" | "asked" | "declined" | "shut";

export interface JoinRequestView {
  readonly id: JoinRequestId;
  readonly email: string;
  readonly name: string;
  readonly words: string;
  readonly state: JoinState;
  readonly reason: string;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
}

/** How people become members. */
export interface JoiningService {
  /** For an address that was proved and that nobody has. token: of an invitation that its browser brought; "": none. */
  wayInFor(email: string, token: string): Promise<WayIn>;
  /** The same within the transaction that makes the member. */
  wayInWithin(tx: Tx, email: string, token: string): Promise<WayIn>;
  /** Writes down that somebody asks; a second time changes nothing. */
  ask(
    tx: Tx,
    request: { readonly email: string; readonly name: string; readonly words: string; readonly agreed: readonly Agreement[] },
  ): Promise<void>;
  countWaiting(): Promise<number>;
  /** Oldest first those that wait; newest first the others. */
  listRequests(state: JoinState, page: number): Promise<Paging & { readonly requests: readonly JoinRequestView[] }>;
  /** False where somebody decided before. Whoever is let in is a member from then on. */
  decide(
    tx: Tx,
    id: JoinRequestId,
    decision: { readonly isApproved: boolean; readonly reason: string; readonly by: UserId },
  ): Promise<boolean>;
  /** For the mail that says so; null: it waits, or is gone. */
  findDecided(id: JoinRequestId): Promise<JoinRequestView | null>;

  invite(tx: Tx, invitation: NewInvitation): Promise<InviteResult>;
  openInvitation(token: string, userId: UserId | null): Promise<OpenedInvitation>;
  /** Uses it up by one for a member, and does what it says. */
  accept(tx: Tx, token: string, userId: UserId): Promise<AcceptResult>;
  /** False where it was revoked before. */
  revoke(tx: Tx, id: InvitationId, by: UserId): Promise<boolean>;
  listInvitations(page: number): Promise<Paging & { readonly invitations: readonly InvitationView[] }>;
}
