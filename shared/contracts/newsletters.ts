import type { NewsletterId, SubscriberId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/**
 * The words that people agree to or decide by, by their version: a proof names the version, so words are never changed but get a new
 * one. "{list}" stands for the name of the list.
 */
export const CONSENT_TEXTS: Readonly<Record<string, string>> = {
  "box-1": "Get {list} by mail. We write to you once to ask whether it is you, and each mail has a link that ends it.",
  "lists-1": "Send me {list}. Each mail has a link that ends it at once.",
  "confirm-1": "Yes, send me {list}.",
  "member-1": "Send me {list} to the address of my account.",
  "one-click-1": "Unsubscribe, as the mail program offers it.",
  "link-1": "Don’t send me {list} any more.",
  "all-1": "Don’t send me anything any more.",
};

/** Who says whether somebody is subscribed: the person on this site, or a Ghost. */
export type SubscriptionSource = "site" | "ghost";

/**
 * A list, and how many get it. groupName: everybody in that group gets it, unless they say otherwise. senderName: "" for the site's.
 * digestWeekday: 1 (Monday) to 7: the day on which it brings what was new; null: editors write it.
 */
export interface Newsletter {
  readonly id: NewsletterId;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly isOpen: boolean;
  readonly groupName: string | null;
  readonly senderName: string;
  readonly digestWeekday: number | null;
  readonly subscribed: number;
}

/** What those who look after a list say of it. */
export type NewsletterSettings = Omit<Newsletter, "id" | "subscribed">;

/** A list that is to be here; slug: how an address would spell it. */
export type NewsletterFields = Pick<Newsletter, "slug" | "name" | "description">;

/**
 * Somebody as another system knows them. newsletterIds: the lists they get there; isSuppressed: nobody writes to them there, since
 * their mail came back or they complained. since: when they came there, the time of the consent that is brought along.
 */
export interface IncomingSubscriber {
  readonly email: string;
  readonly name: string;
  readonly newsletterIds: readonly NewsletterId[];
  readonly labels: readonly string[];
  readonly isSuppressed: boolean;
  readonly since: Date;
}

/** Somebody's own view of one list. */
export interface SubscriptionView {
  readonly newsletterId: NewsletterId;
  readonly state: "pending" | "subscribed" | "unsubscribed";
}

/** What somebody said, or what was brought along, as it is kept for proof. text: the words, "" where none were shown here. */
export interface ConsentView {
  readonly act: "asked" | "confirmed" | "brought" | "withdrawn";
  readonly at: Date;
  readonly textVersion: string;
  readonly text: string;
  readonly source: SubscriptionSource;
  readonly addressHash: string;
}

/** A list as one address has it. byGroup: it comes since they are in the list's group. */
export interface OwnNewsletter {
  readonly newsletter: Newsletter;
  readonly state: "none" | "pending" | "subscribed" | "unsubscribed";
  readonly byGroup: boolean;
  readonly consents: readonly ConsentView[];
}

/** An address with its lists. suppressed: why nobody writes to it, whatever the lists say; null: nothing is in the way. */
export interface OwnNewsletters {
  readonly subscriberId: SubscriberId;
  readonly email: string;
  readonly suppressed: SuppressionReason | null;
  readonly lists: readonly OwnNewsletter[];
}

export type SuppressionReason = "bounced" | "complained" | "erased" | "elsewhere";

/** consentId: the first of those just written down; by it a link confirms all that were asked for with it. */
export type AskResult = { kind: "asked"; subscriberId: SubscriberId; consentId: number } | { kind: "not-written-to" };

/** What was asked for, as the mail about it says it. lists: those that still wait for a yes; empty: they get them all already. */
export interface AskedFor {
  readonly subscriberId: SubscriberId;
  readonly consentId: number;
  readonly email: string;
  readonly at: Date;
  readonly lists: readonly Newsletter[];
}

/** confirmed: now, or with the same link before. over: it was unsubscribed since, or asked for anew, or too long ago. */
export type ConfirmResult = { kind: "confirmed"; lists: readonly string[] } | { kind: "over" };

/** How many addresses nobody writes to, by the reason. */
export type SuppressionFigures = Readonly<Record<SuppressionReason, number>>;

/** What is here of people who can be written to. brought: those that a source named. */
export interface SubscriberFigures {
  readonly subscribers: number;
  readonly subscribed: number;
  readonly labels: number;
  readonly suppressed: number;
}

/** How long a link to confirm is good. */
export const CONFIRM_DAYS = 7;

/** Lists that people are written to by, who gets them, and the proof that they want to. Nothing here sends a mail. */
export interface NewslettersService {
  listNewsletters(): Promise<readonly Newsletter[]>;
  getFigures(): Promise<SubscriberFigures>;
  /** What the address gets, by list; empty: nothing is known of it. */
  listSubscriptions(email: string): Promise<readonly SubscriptionView[]>;

  /** Throws not-found. */
  getNewsletter(slug: string): Promise<Newsletter>;
  listLabels(): Promise<readonly { id: number; name: string }[]>;
  /** Open lists and those that the address has to do with; null: nobody of this number is known (any more). */
  findOwn(subscriberId: SubscriberId): Promise<OwnNewsletters | null>;
  /** The main address of a member, with the lists that are open to them; null: they have none that is verified. */
  findOwnOf(userId: UserId): Promise<(Omit<OwnNewsletters, "subscriberId"> & { subscriberId: SubscriberId | null }) | null>;
  /** What a link to confirm is about; null: the request is over. */
  findAsked(consentId: number): Promise<AskedFor | null>;
  getSuppressionFigures(): Promise<SuppressionFigures>;
  /** Why nobody writes to this address; null: nothing is in the way. */
  findSuppression(email: string): Promise<{ reason: SuppressionReason; since: Date } | null>;

  /** id null: a new one, behind the others. A slug stays as it is. */
  saveNewsletter(
    tx: Tx,
    id: NewsletterId | null,
    settings: NewsletterSettings,
    by: UserId,
  ): Promise<{ kind: "saved"; id: NewsletterId } | { kind: "slug-taken" }>;
  /** Somebody asks for open lists by an address: it counts when they say yes from there. An activity brings the mail. */
  ask(tx: Tx, request: { email: string; newsletterIds: readonly NewsletterId[]; textVersion: string }): Promise<AskResult>;
  /** Once, and within CONFIRM_DAYS; again it says the same as long as nothing else was said since. */
  confirm(tx: Tx, consentId: number, now: Date): Promise<ConfirmResult>;
  /** They don't want the list any more, null: all of them; again it changes nothing. False: nobody of this number is known. */
  leave(tx: Tx, from: { subscriberId: SubscriberId; newsletterId: NewsletterId | null; textVersion: string }): Promise<boolean>;
  /** Nobody writes there any more. */
  suppress(tx: Tx, subscriberId: SubscriberId, reason: "bounced" | "complained"): Promise<void>;
  /** Somebody looked into it: it may be written to again. False: nothing was in the way, or they were erased. */
  liftSuppression(tx: Tx, email: string, decision: { by: UserId; reason: string }): Promise<boolean>;

  /** The list of this slug, made where there is none; one that is here keeps its own words. */
  ensureNewsletter(tx: Tx, fields: NewsletterFields): Promise<NewsletterId>;
  /**
   * Takes what another system says of people, and gives each one's number in their order; null for who was erased here, of whom
   * nothing is kept. Whoever said on this site that they do not want a list stays so, and so does an address that must not be
   * written to; a list that was brought from there and is not named any more ends.
   */
  takeIn(
    tx: Tx,
    source: Exclude<SubscriptionSource, "site">,
    people: readonly IncomingSubscriber[],
  ): Promise<readonly (SubscriberId | null)[]>;
  /** What a source said of these people counts no more: they left it. */
  withdraw(tx: Tx, source: Exclude<SubscriptionSource, "site">, subscribers: readonly SubscriberId[]): Promise<void>;

  /** A person on this site says so themselves; textVersion: the words that they were shown. A suppressed address stays so. */
  decide(
    tx: Tx,
    decision: { email: string; newsletterId: NewsletterId; state: "subscribed" | "unsubscribed"; textVersion: string },
  ): Promise<void>;
  /** Forgets a person and every address of theirs, so that nothing brings them back: only hashes stay. */
  forget(tx: Tx, userId: UserId): Promise<void>;
}
