import type { ProviderSessionId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** One piece of the OpenID provider's state. kind and id are the provider's words ("Session", "Grant", "AuthorizationCode"…); of a code or token the id is stored hashed. */
interface OidcRow {
  kind: string;
  id: string;
  payload: Record<string, unknown>;
  /** The grant that codes and tokens hang on. */
  grantId: string | null;
  /** Of a session: its lasting name; its id changes at every sign-in. */
  uid: ProviderSessionId | null;
  /** Of codes and tokens: the session they came from. */
  sessionUid: ProviderSessionId | null;
  /** Of grants: whose, and to which client. */
  accountId: string | null;
  clientId: string | null;
  expiresAt: Date | null;
}

export interface OidcFound {
  payload: Record<string, unknown>;
  consumedAt: Date | null;
}

/** Where the OpenID provider keeps its state. */
export interface OidcStore {
  /** What is stored and has not expired; a spent code or token too, an ended session not. */
  find(kind: string, id: string): Promise<OidcFound | null>;
  findSession(uid: string): Promise<OidcFound | null>;
  /** Does nothing for a session that was ended. */
  put(tx: Tx, row: OidcRow): Promise<void>;
  /**
   * Spends a code or token; false when it was spent or is gone: of parallel tries one wins. A second use revokes the
   * grant with all that came of it, since one of the two users stole it: what the first is just being given is of no use.
   */
  consume(tx: Tx, kind: string, id: string): Promise<boolean>;
  remove(tx: Tx, kind: string, id: string): Promise<void>;
  /** Removes the codes and tokens of a grant. */
  removeGrant(tx: Tx, grantId: string): Promise<void>;
  removeExpired(tx: Tx, now: Date): Promise<void>;
}
