import type { NewsletterId, SubscriberId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** Who says whether somebody is subscribed: the person on this site, or a Ghost. */
export type SubscriptionSource = "site" | "ghost";

/** A list, and how many get it. */
export interface Newsletter {
  readonly id: NewsletterId;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly isOpen: boolean;
  readonly subscribed: number;
}

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

/** What is here of people who can be written to. brought: those that a source named. */
export interface SubscriberFigures {
  readonly subscribers: number;
  readonly subscribed: number;
  readonly labels: number;
  readonly suppressed: number;
}

/** Lists that people are written to by, who gets them, and the proof that they want to. Nothing here sends a mail. */
export interface NewslettersService {
  listNewsletters(): Promise<readonly Newsletter[]>;
  getFigures(): Promise<SubscriberFigures>;
  /** What the address gets, by list; empty: nothing is known of it. */
  listSubscriptions(email: string): Promise<readonly SubscriptionView[]>;

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
