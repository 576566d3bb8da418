import type { PasskeyId, UserId } from "../models/ids.ts";
import type { PASSKEY_CEREMONIES } from "../models/passkeys.ts";
import type { Tx } from "./tx.ts";

/** What a challenge is good for. */
export type Ceremony = (typeof PASSKEY_CEREMONIES)[number];

/** A challenge that waits for its answer. holder: who alone may answer it. */
export interface Challenge {
  challenge: string;
  ceremony: Ceremony;
  holder: string;
  expiresAt: Date;
}

/** As its owner sees it. */
export interface Passkey {
  id: PasskeyId;
  name: string;
  /** Kept by a password manager or cloud, rather than by one device. */
  isBackedUp: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** As a signature is checked. publicKey: COSE, base64url. */
export interface StoredPasskey {
  id: PasskeyId;
  userId: UserId;
  publicKey: string;
  counter: number;
  transports: readonly string[];
}

export interface NewPasskey extends StoredPasskey {
  /** 1..60 characters. */
  name: string;
  isBackedUp: boolean;
}

/** Passkeys: who may sign in with which, and the challenges under way. */
export interface PasskeysService {
  putChallenge(tx: Tx, challenge: Challenge): Promise<void>;
  /** Spends a challenge; false when it was spent, is over, or is somebody else's: of parallel tries one wins. */
  takeChallenge(tx: Tx, challenge: Omit<Challenge, "expiresAt">): Promise<boolean>;

  findPasskey(id: string): Promise<StoredPasskey | null>;
  /** The member's passkeys, newest first. */
  listPasskeys(userId: UserId): Promise<readonly Passkey[]>;
  /** too-many: a member has at most 20. taken: somebody has this one already. */
  addPasskey(tx: Tx, passkey: NewPasskey): Promise<{ kind: "added" | "taken" | "too-many" }>;
  /** Throws not-found for a passkey of somebody else. */
  renamePasskey(tx: Tx, userId: UserId, id: string, name: string): Promise<void>;
  /** Throws not-found for a passkey of somebody else. */
  removePasskey(tx: Tx, userId: UserId, id: string): Promise<void>;
  /**
   * Remembers a use. False when the counter does not go up: the answer was used already, or there is a copy of the
   * authenticator. One that does not count says 0 each time.
   */
  usePasskey(tx: Tx, id: PasskeyId, counter: number): Promise<boolean>;
}
