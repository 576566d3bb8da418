import { and, asc, eq, gt, isNotNull, isNull, or } from "drizzle-orm";
import {
  CompactEncrypt,
  type CryptoKey,
  calculateJwkThumbprint,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from "jose";
import type { Tx } from "../../contracts/tx.ts";
import { serviceKeys } from "../../models/identity.ts";
import type { Db } from "../db.ts";

export type KeyAlgorithm = "ES256" | "EdDSA" | "RS256";

export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  privateJwk: JWK;
}

export interface PublicKey {
  purpose: string;
  publicKey: CryptoKey;
}

/** A key's row as far as it takes to sign with it. */
export interface KeyRow {
  kid: string;
  algorithm: string;
  privateJwe: string;
}

const COLUMNS = { kid: serviceKeys.kid, algorithm: serviceKeys.algorithm, privateJwe: serviceKeys.privateJwe };

/** The key that signs now. */
export async function readCurrent(db: Db | Tx, purpose: string): Promise<KeyRow | undefined> {
  const isCurrent = and(isNotNull(serviceKeys.currentAt), isNull(serviceKeys.retiredAt));
  const [row] = await db
    .select(COLUMNS)
    .from(serviceKeys)
    .where(and(eq(serviceKeys.purpose, purpose), isCurrent));
  return row;
}

/** What verifies: the current key, the next one, and those that retired after `retiredAfter`; the one that signs first. */
export async function readPublished(db: Db, purpose: string, retiredAfter: Date): Promise<KeyRow[]> {
  const rows = await db
    .select({ ...COLUMNS, currentAt: serviceKeys.currentAt, retiredAt: serviceKeys.retiredAt })
    .from(serviceKeys)
    .where(and(eq(serviceKeys.purpose, purpose), stillVerifies(retiredAfter)))
    .orderBy(asc(serviceKeys.createdAt), asc(serviceKeys.kid));
  const rank = (row: (typeof rows)[number]) => (row.retiredAt !== null ? 2 : row.currentAt === null ? 1 : 0);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

/** null for a key that is unknown, or retired before `retiredAfter`. */
export async function readPublicKey(db: Db, kid: string, retiredAfter: Date): Promise<PublicKey | null> {
  const [row] = await db
    .select({ purpose: serviceKeys.purpose, algorithm: serviceKeys.algorithm, publicJwk: serviceKeys.publicJwk })
    .from(serviceKeys)
    .where(and(eq(serviceKeys.kid, kid), stillVerifies(retiredAfter)));
  return row ? { purpose: row.purpose, publicKey: await toCryptoKey(row.publicJwk, row.algorithm) } : null;
}

const stillVerifies = (retiredAfter: Date) => or(isNull(serviceKeys.retiredAt), gt(serviceKeys.retiredAt, retiredAfter));

interface NewKey {
  purpose: string;
  algorithm: KeyAlgorithm;
  createdAt: Date;
  /** null: the next key, which does not sign yet. */
  currentAt: Date | null;
}

/** Makes a key, unless the purpose has one in that place: of processes that make one at the same moment the index lets one in. */
export async function insertKey(db: Db | Tx, secret: Buffer, { algorithm, ...place }: NewKey): Promise<void> {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const header = { kid, alg: algorithm, use: "sig" };
  const text = new TextEncoder().encode(JSON.stringify({ ...(await exportJWK(pair.privateKey)), ...header }));
  const privateJwe = await new CompactEncrypt(text).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(secret);
  await db
    .insert(serviceKeys)
    .values({ kid, algorithm, publicJwk: { ...publicJwk, ...header }, privateJwe, ...place })
    .onConflictDoNothing();
}

/** Throws when the deployment's secret is not the one that the key was encrypted under. */
export async function decryptKey({ kid, algorithm, privateJwe }: KeyRow, secret: Buffer): Promise<SigningKey> {
  const { plaintext } = await compactDecrypt(privateJwe, secret).catch((cause: unknown) => {
    throw new Error(`the key ${kid} does not open: DEPLOYMENT_SECRET is not the one it was made with`, { cause });
  });
  const privateJwk: JWK = JSON.parse(new TextDecoder().decode(plaintext));
  return { kid, privateJwk, privateKey: await toCryptoKey(privateJwk, algorithm) };
}

async function toCryptoKey(jwk: JWK, algorithm: string): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new Error("a symmetric key signs nothing here");
  return key;
}
