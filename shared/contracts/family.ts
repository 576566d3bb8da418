import type { GuardianshipState } from "../models/family.ts";
import type { GuardianshipId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** Longest name of a child. */
export const MAX_CHILD_NAME = 80;

/** One tie of a family, seen from one of its ends. name and handle: of the other; handle null: a child without an account. */
export interface FamilyTie {
  readonly id: GuardianshipId;
  readonly name: string;
  readonly handle: string | null;
  readonly state: "asked" | "active";
  readonly since: Date;
}

/** wards: whom the member looks after, or asked whether they may; guardians: who looks after the member, or asks whether they may. */
export interface FamilyPage {
  readonly wards: readonly FamilyTie[];
  readonly guardians: readonly FamilyTie[];
}

/** lately: they said no in the last thirty days. too-many: so many are asked, or in the family, that no more may be. */
export type AskResult = "asked" | "nobody" | "oneself" | "there-already" | "lately" | "too-many";

/** For stewards: both ends by their names. */
export interface TieForStewards {
  readonly id: GuardianshipId;
  readonly state: GuardianshipState;
  readonly guardian: { readonly name: string; readonly handle: string };
  readonly ward: { readonly name: string; readonly handle: string };
  readonly since: Date;
}

/** own: nobody decides about their own family; gone: it was decided meanwhile, or there is none; no-reason: they have to say why. */
export type DecideResult = "decided" | "own" | "gone" | "no-reason";

/**
 * Who looks after whom. A guardian sees the tickets of a ward, and nothing else of theirs (account/relations/affairs.dl); a child
 * without an account has no tickets of its own: its name stands on those of its guardian.
 */
export interface FamilyService {
  getFamily(userId: UserId): Promise<FamilyPage>;
  /** A child without an account, by name: 1 to MAX_CHILD_NAME letters. */
  addChild(tx: Tx, guardianId: UserId, name: string): Promise<"added" | "too-many">;
  /** Asks a member, by handle, who hears of it and decides. */
  ask(tx: Tx, guardianId: UserId, handle: string): Promise<AskResult>;
  /** The ward says yes or no. False: nobody asks them any more. */
  answer(tx: Tx, wardId: UserId, id: GuardianshipId, isYes: boolean): Promise<boolean>;
  /** Either end ends it, at once; what waits is withdrawn so. False: it is not theirs, or over. */
  end(tx: Tx, by: UserId, id: GuardianshipId): Promise<boolean>;
  /** What waits, oldest first, and what holds, newest first. Children without an account are none of a steward's matters. */
  listForStewards(): Promise<readonly TieForStewards[]>;
  /** A steward says yes or no for a ward who can't, or ends it; with a reason, which stands in the log. */
  decide(tx: Tx, by: UserId, id: GuardianshipId, decision: { to: "active" | "declined" | "ended"; reason: string }): Promise<DecideResult>;
}
