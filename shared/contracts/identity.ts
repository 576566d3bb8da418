import type { App } from "../models/apps.ts";
import type { DeviceId, ProviderSessionId, UserId } from "../models/ids.ts";
import type { Searchable } from "./search.ts";
import type { Tx } from "./tx.ts";
import type { Member } from "./viewer.ts";

/** A person as the identity provider knows them. */
export interface Person {
  userId: UserId;
  handle: string;
  name: string;
  /** The primary one. */
  email: string | null;
  isEmailVerified: boolean;
}

/**
 * A member as everybody may know them. url: of their page. pictureUrl: a path that every host serves. isLocked: who follows waits for
 * their yes. isFindable: their public posts may be found by words in them. alsoKnownAs: accounts elsewhere that are theirs, too.
 */
export interface PublicPerson {
  userId: UserId;
  handle: string;
  name: string;
  bio: string;
  url: string;
  pictureUrl: string | null;
  isLocked: boolean;
  isFindable: boolean;
  alsoKnownAs: readonly string[];
  movedTo: string | null;
  since: Date;
}

/** tokenHash: SHA-256 of the cookie, base64url. browser: in words, "" when unknown. */
export interface NewSession {
  tokenHash: string;
  app: App;
  userId: UserId;
  providerSession: ProviderSessionId;
  deviceId: DeviceId;
  browser: string;
  expiresAt: Date;
}

/** One sign-in of a member: a session of the provider, with the apps that know the browser by it. */
export interface SignIn {
  providerSession: ProviderSessionId;
  /** As "Firefox on Linux"; "" when unknown. */
  browser: string;
  apps: readonly App[];
  since: Date;
}

/** What happened to how a member gets in, or to who comes in with them. */
export type SecurityEventKind =
  | "signed-in"
  | "signed-out-there"
  | "email-changed"
  | "passkey-added"
  | "passkey-removed"
  | "app-let-in"
  | "app-disconnected"
  | "app-registered"
  | "app-changed"
  | "app-secret-replaced"
  | "app-removed";

/** As the member sees it. name: of the passkey, the app or the browser; "" when unknown. */
export interface SecurityEvent {
  kind: SecurityEventKind;
  name: string;
  at: Date;
}

export interface NewSignInLink {
  tokenHash: string;
  codeHash: string;
  interactionUid: string;
  email: string;
  expiresAt: Date;
}

/** person null: nobody has this address yet; redeeming makes a member of them. */
export type OpenedLink = { kind: "open"; email: string; interactionUid: string; person: Person | null } | { kind: "spent" };
export type Redeemed =
  | { kind: "redeemed"; email: string; interactionUid: string }
  | { kind: "spent" }
  | { kind: "wrong-code"; attemptsLeft: number };

/** A member by a session of one app, which ends at this time if nobody ends it before. */
export interface OpenSession extends Member {
  expiresAt: Date;
}

/** Who people are, and which browsers and sessions are theirs. The search finds those who have written something: they show themselves. */
export interface IdentityService extends Searchable {
  /** The member behind a session of this app that has not ended; null otherwise, whatever the reason. */
  findSession(app: App, tokenHash: string): Promise<OpenSession | null>;
  /** When somebody last signed in with this browser; null for unknown ones and after a sign-out. */
  findDeviceSignIn(deviceId: DeviceId): Promise<Date | null>;
  findPerson(userId: UserId): Promise<Person | null>;
  findPersonByEmail(email: string): Promise<Person | null>;
  /** A member who shows themselves: who has published something, takes part in the hub, or has a profile. Nobody else is told of. */
  findPublicPerson(handle: string): Promise<PublicPerson | null>;
  /** Everybody, by name: for the development door only. */
  listPeople(): Promise<readonly Person[]>;

  /** Makes the device's row if it is not there. */
  keepDevice(tx: Tx, deviceId: DeviceId): Promise<void>;
  /**
   * Starts a session and marks its device as signed in; ends what another sign-in left open on that device.
   * Throws sign-in-failed when the provider's session has ended.
   */
  startSession(tx: Tx, session: NewSession): Promise<void>;
  /** Ends the provider's session and with it every app's session, grants and tokens; clears the devices' marks. */
  endSessions(tx: Tx, providerSession: ProviderSessionId): Promise<void>;

  /** The member's open sign-ins, the latest first. */
  listSignIns(userId: UserId): Promise<readonly SignIn[]>;
  /** Ends one of the member's sign-ins, as endSessions does. Throws not-found for somebody else's. */
  endSignIn(tx: Tx, userId: UserId, providerSession: string): Promise<void>;
  /** Ends all of them but one; gives how many. */
  endOtherSignIns(tx: Tx, userId: UserId, kept: ProviderSessionId): Promise<number>;

  /** Remembers for the member that somebody proved to be them in this browser. interactionUid: the sign-in under way. */
  noteSignIn(tx: Tx, userId: UserId, signIn: { interactionUid: string; browser: string }): Promise<void>;
  /** The latest of what only the member can have done, the latest first: what was not them, they see here. */
  listSecurityEvents(userId: UserId): Promise<readonly SecurityEvent[]>;

  createSignInLink(tx: Tx, link: NewSignInLink): Promise<void>;
  /** What the link would do, without doing it: following a link never signs in. */
  openSignInLink(tokenHash: string, now: Date): Promise<OpenedLink>;
  /** Spends the link; of parallel tries one wins. */
  redeemLink(tx: Tx, tokenHash: string, now: Date): Promise<Redeemed>;
  /** Spends the newest open link of the interaction by its code; five wrong codes end it. */
  redeemCode(tx: Tx, interactionUid: string, codeHash: string, now: Date): Promise<Redeemed>;
  /** The person of this address, made a member (name: 1..80 characters) when there is none; the address is verified by it. */
  welcome(tx: Tx, email: string, name: string): Promise<Person>;
  /** Counts one hit; false when the key has had `limit` hits within the window. */
  withinLimit(tx: Tx, key: string, limit: { hits: number; windowSeconds: number }, now: Date): Promise<boolean>;
  /** Deletes sessions, links, challenges and counted hits whose time is over, and browsers that nobody comes back with. */
  forgetExpired(tx: Tx, now: Date): Promise<void>;
}
