import type { AppealId, LimitId, ReportId, UserId } from "../models/ids.ts";
import type { CommentRule, LimitKind } from "../models/moderation.ts";
import type { Paging } from "./dto.ts";
import type { Tx } from "./tx.ts";

export interface ModerationSettings {
  readonly commentRule: CommentRule;
  /** Nothing comes from other hosts but those that are let in, and nothing goes there. */
  readonly isAllowList: boolean;
}

/** Who decides, and why: it stands in the log. */
export interface Decision {
  readonly by: UserId;
  readonly reason: string;
}

/** An actor, here or elsewhere, as stewards read of it. url: its page, null for one of ours. */
export interface ActorView {
  readonly actor: string;
  readonly name: string;
  readonly handle: string;
  readonly url: string | null;
  readonly userId: UserId | null;
}

/** What holds for an actor, or held. */
export interface LimitView extends ActorView {
  readonly id: LimitId;
  readonly kind: LimitKind;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: Date;
  readonly liftedAt: Date | null;
}

export type LimitResult = { readonly kind: "set" | "in-force" | "about-oneself" | "steward" | "unknown" };

/** Something that was reported, as it stands now; text "": it is gone, or it is a person. */
export interface ReportedObject {
  readonly uri: string;
  readonly text: string;
  readonly url: string | null;
  /** Of a comment, its state. */
  readonly state: "waiting" | "shown" | "hidden" | null;
}

export interface ReportView {
  readonly id: ReportId;
  readonly by: ActorView;
  readonly accused: ActorView | null;
  readonly objects: readonly ReportedObject[];
  readonly words: string;
  readonly receivedAt: Date;
  readonly forwardedAt: Date | null;
  readonly verdict: "upheld" | "dismissed" | null;
  readonly closedBy: string;
  readonly answer: string;
}

/** A member reports an object or an actor by its address. */
export interface NewReport {
  readonly by: UserId;
  readonly uri: string;
  readonly words: string;
  /** Whether the server of whoever is accused is to hear of it, without the member's name. */
  readonly isForwarded: boolean;
}

/** What can be reported: as the form shows it before it is sent. */
export interface Reportable {
  readonly uri: string;
  readonly text: string;
  readonly accused: ActorView;
  /** Where the accused lives, if elsewhere. */
  readonly host: string | null;
}

export interface AppealView {
  readonly id: AppealId;
  readonly member: string;
  readonly words: string;
  readonly createdAt: Date;
  /** What it is about, in words, and why it was decided. */
  readonly about: { readonly kind: LimitKind | "hidden"; readonly text: string; readonly reason: string; readonly decidedBy: string };
  readonly isOwnDecision: boolean;
  readonly isGranted: boolean | null;
  readonly answer: string;
}

/** Something that was decided about a member, as they see it. */
export interface VerdictView {
  /** "limit:4" or "comment:17", as addresses name it. */
  readonly key: string;
  readonly kind: LimitKind | "hidden";
  /** Of a comment. */
  readonly text: string;
  readonly reason: string;
  readonly at: Date;
  readonly isInForce: boolean;
  readonly appeal: { readonly words: string; readonly isGranted: boolean | null; readonly answer: string } | null;
}

/** What is decided about a host. keeps: nothing. */
export type Severity = "suspend" | "silence" | "noop";

/** A line of a block list, as Mastodon writes them. */
export interface HostBlock {
  readonly host: string;
  readonly severity: Severity;
  readonly rejectsReports: boolean;
  readonly rejectsMedia: boolean;
  readonly reason: string;
}

/** What a line would do here. same: it holds already; harder: more is held already. */
export interface HostBlockPlan extends HostBlock {
  readonly effect: "new" | "changed" | "same" | "harder" | "own";
  /** Of follows, in both directions, that would rest. */
  readonly follows: number;
}

/** What stewards decide about people, comments and servers, and what is asked of them. */
export interface ModerationService {
  getSettings(): Promise<ModerationSettings>;
  saveSettings(tx: Tx, settings: ModerationSettings, decision: Decision): Promise<void>;

  /** Whether a member may say something here. */
  standingOf(userId: UserId): Promise<"open" | LimitKind>;
  listLimits(page: number): Promise<Paging & { readonly limits: readonly LimitView[] }>;
  /** Somebody by an address, a handle of a member here, or @name@host of whom we know; null: nobody. */
  findActor(words: string): Promise<ActorView | null>;
  limit(tx: Tx, actor: string, kind: LimitKind, decision: Decision): Promise<LimitResult>;
  /** False: it was lifted before. */
  lift(tx: Tx, id: LimitId, decision: Decision): Promise<boolean>;

  /** Null: there is nothing of that address that anybody could report. */
  findReportable(uri: string): Promise<Reportable | null>;
  report(tx: Tx, report: NewReport): Promise<{ readonly kind: "reported" | "reported-before" | "unknown" }>;
  /** From elsewhere: who is accused follows from what it names. */
  receiveReport(tx: Tx, report: { activity: string; actor: string; objects: readonly string[]; words: string }): Promise<boolean>;
  /** The oldest first where open, else the latest. */
  listReports(which: "open" | "closed", page: number): Promise<Paging & { readonly reports: readonly ReportView[] }>;
  /** Null: there is none, or it is closed. */
  findReport(id: ReportId): Promise<{ readonly id: ReportId; readonly accused: string | null; readonly objects: readonly string[] } | null>;
  /** Who sent it, by the name of its activity; null: there is none, or it is closed. */
  findReportBy(activity: string): Promise<{ readonly actor: string } | null>;
  /** False: somebody closed it before. */
  closeReport(tx: Tx, id: ReportId, verdict: "upheld" | "dismissed", decision: Decision): Promise<boolean>;

  listVerdicts(userId: UserId): Promise<readonly VerdictView[]>;
  /** Throws not-found for what is not about the member. */
  appeal(tx: Tx, userId: UserId, key: string, words: string): Promise<{ readonly kind: "asked" | "asked-before" }>;
  listAppeals(which: "open" | "decided", viewer: UserId, page: number): Promise<Paging & { readonly appeals: readonly AppealView[] }>;
  /** Granting takes back what it is about. own-decision: another steward is to answer. */
  decideAppeal(
    tx: Tx,
    id: AppealId,
    isGranted: boolean,
    decision: Decision,
  ): Promise<{ readonly kind: "decided" | "own-decision" | "decided-before" }>;
  countOpen(): Promise<{ readonly comments: number; readonly reports: number; readonly appeals: number }>;

  /** Whether a host is on the list of those that are let in. */
  listHost(tx: Tx, host: string, isListed: boolean, decision: Decision): Promise<void>;
  /** What lines of a block list would do; nothing is done. */
  planBlocks(blocks: readonly HostBlock[]): Promise<readonly HostBlockPlan[]>;
  /** Never softens what is held already. Gives how many hosts are held otherwise now. */
  applyBlocks(tx: Tx, blocks: readonly HostBlock[], decision: Decision): Promise<number>;
}
