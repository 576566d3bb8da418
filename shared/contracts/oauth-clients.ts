import type { ClientId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** What its owner says about an app. Addresses are complete and compared letter for letter. */
export interface ClientDetails {
  /** 1..60 characters. */
  name: string;
  /** 1..10 of them. */
  redirectUris: readonly string[];
  /** Where people go after signing out at the app; at most 10. */
  logoutUris: readonly string[];
  /** Told by our server when somebody signs out; null: it does not want to know. */
  backchannelUri: string | null;
}

/** An app of a third party, registered by a member. secretMadeAt null: a public client, which has no secret. */
export interface OAuthClient extends ClientDetails {
  clientId: ClientId;
  createdAt: Date;
  secretMadeAt: Date | null;
}

/** As the provider reads it, and the page that asks for consent. secretHash: SHA-256, base64url. */
export interface RegisteredClient extends OAuthClient {
  secretHash: string | null;
  owner: { name: string; handle: string };
}

/** secretHash null: a public client. */
export interface NewClient extends ClientDetails {
  clientId: ClientId;
  ownerId: UserId;
  secretHash: string | null;
}

/** An app that a member let in. scopes: what it may see and do, from all its grants. */
export interface ConnectedApp {
  clientId: ClientId;
  name: string;
  owner: { name: string; handle: string };
  scopes: readonly string[];
  since: Date;
}

/**
 * Third parties' apps: registered by members, let in by members. What their makers do to them is in the log of what is done
 * behind the counter, since it changes whom the site lets members trust; what a member lets in is that member's own affair.
 */
export interface OAuthClientsService {
  findClient(clientId: string): Promise<RegisteredClient | null>;
  /** The owner's apps, newest first. */
  listClientsOf(ownerId: UserId): Promise<readonly OAuthClient[]>;
  /** Throws not-found for an app of somebody else, as for none. */
  getClientOf(ownerId: UserId, clientId: string): Promise<OAuthClient>;
  /** too-many: a member has at most 20. */
  registerClient(tx: Tx, client: NewClient): Promise<{ kind: "registered" } | { kind: "too-many" }>;
  /** Throws not-found for an app of somebody else. */
  changeClient(tx: Tx, ownerId: UserId, clientId: string, details: ClientDetails): Promise<void>;
  /** The old secret is of no use from then on. Throws not-found for an app of somebody else, and for one without a secret. */
  replaceSecret(tx: Tx, ownerId: UserId, clientId: string, secretHash: string): Promise<void>;
  /** With every grant and token it was given. Throws not-found for an app of somebody else. */
  removeClient(tx: Tx, ownerId: UserId, clientId: string): Promise<void>;

  /** Remembers for the member that they let the app in. */
  noteLetIn(tx: Tx, userId: UserId, clientId: string): Promise<void>;
  /** Apps that hold a grant of this member, the one let in last first. */
  listConnected(userId: UserId): Promise<readonly ConnectedApp[]>;
  /** Takes back every grant and token that the member's sign-ins gave to the app. */
  disconnect(tx: Tx, userId: UserId, clientId: string): Promise<void>;
}
