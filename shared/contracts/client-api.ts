import type { MARKED_TIMELINES } from "../models/client-api.ts";
import type { ClientAppId, ClientTokenId, MediaId, StatusId, UserId } from "../models/ids.ts";
import type { Picture } from "./dto.ts";
import type { Reader } from "./statuses.ts";
import type { Tx } from "./tx.ts";

/** An app as it registered itself. scopes: what it may ever ask for. */
export interface ClientApp {
  readonly id: ClientAppId;
  readonly clientId: string;
  readonly name: string;
  readonly website: string | null;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
}

export interface NewClientApp extends Omit<ClientApp, "id"> {
  readonly secretHash: string;
}

/** A code that is given to an app for a member. codeChallenge: of RFC 7636, S256; null: the app sent none. */
export interface NewClientCode {
  readonly codeHash: string;
  readonly appId: ClientAppId;
  readonly userId: UserId;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly codeChallenge: string | null;
}

/** What becomes of a code: codeChallenge and redirectUri are for the caller to compare before a token is given. */
export type SpentCode =
  | {
      readonly kind: "spent";
      readonly userId: UserId;
      readonly scopes: readonly string[];
      readonly redirectUri: string;
      readonly codeChallenge: string | null;
    }
  | { readonly kind: "refused" };

/** Who speaks by a token. reader null: the app for itself. */
export interface ClientAccess {
  readonly tokenId: ClientTokenId;
  readonly app: ClientApp;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly usedAt: Date;
  readonly reader: Reader | null;
}

/** An app that a member lets speak for them. usedAt: to the day. */
export interface ConnectedClient {
  readonly clientId: string;
  readonly name: string;
  readonly website: string | null;
  readonly scopes: readonly string[];
  readonly since: Date;
  readonly usedAt: Date;
}

/** A picture that waits to be put into a post. */
export interface ClientUpload {
  readonly mediaId: MediaId;
  readonly description: string;
  readonly picture: Picture;
}

export type MarkedTimeline = (typeof MARKED_TIMELINES)[number];

export interface ClientMarker {
  readonly timeline: MarkedTimeline;
  readonly lastReadId: string;
  readonly version: number;
  readonly updatedAt: Date;
}

/** Apps that speak Mastodon's client API for members: what they registered, what they were given, and what they leave here. */
export interface ClientApiService {
  registerApp(tx: Tx, app: NewClientApp): Promise<ClientApp>;
  findApp(clientId: string): Promise<(ClientApp & { readonly secretHash: string }) | null>;

  /** Good for ten minutes, and once. Remembered for the member, as every app that is let in. */
  giveCode(tx: Tx, code: NewClientCode): Promise<void>;
  /** Of parallel tries one wins; a second use ends what the first gave (RFC 6749 §4.1.2). */
  spendCode(tx: Tx, appId: ClientAppId, codeHash: string): Promise<SpentCode>;
  /** userId null: the app for itself. codeHash: the code that it is given for. */
  giveToken(
    tx: Tx,
    token: {
      readonly tokenHash: string;
      readonly appId: ClientAppId;
      readonly userId: UserId | null;
      readonly scopes: readonly string[];
      readonly codeHash: string | null;
    },
  ): Promise<Date>;
  /** Null: it was never given, or was taken back. */
  findAccess(tokenHash: string): Promise<ClientAccess | null>;
  /** That it is used, once a day. */
  noteUse(tx: Tx, tokenId: ClientTokenId): Promise<void>;
  /** other: it is another app's; nothing happens then. */
  revoke(tx: Tx, appId: ClientAppId, tokenHash: string): Promise<"revoked" | "unknown" | "other">;
  listConnected(userId: UserId): Promise<readonly ConnectedClient[]>;
  /** Takes back what the member gave to an app. */
  disconnect(tx: Tx, userId: UserId, clientId: string): Promise<void>;

  /** The same picture again is one upload. */
  keepUpload(tx: Tx, userId: UserId, mediaId: MediaId, description: string): Promise<void>;
  /** False: the member brought no such picture. */
  describeUpload(tx: Tx, userId: UserId, mediaId: MediaId, description: string): Promise<boolean>;
  /** Those of them that the member brought, in this order. */
  findUploads(userId: UserId, mediaIds: readonly MediaId[]): Promise<readonly ClientUpload[]>;
  dropUpload(tx: Tx, userId: UserId, mediaId: MediaId): Promise<boolean>;

  /** What was said under this key in the last hour; "new": nothing, and nobody else says something under it until the end of tx. */
  claimKey(tx: Tx, userId: UserId, keyHash: string): Promise<StatusId | "new">;
  keepKey(tx: Tx, userId: UserId, keyHash: string, statusId: StatusId): Promise<void>;

  listMarkers(userId: UserId, timelines: readonly MarkedTimeline[]): Promise<readonly ClientMarker[]>;
  setMarker(tx: Tx, userId: UserId, timeline: MarkedTimeline, lastReadId: string): Promise<void>;

  /** The member hears nothing more of the thread that the status is in. */
  muteThread(tx: Tx, userId: UserId, statusId: StatusId, isMuted: boolean): Promise<void>;

  /** Codes that are over, uploads that came into no post within a day, keys, and apps that nobody let in within two days. */
  forgetExpired(tx: Tx, now: Date): Promise<void>;
}
