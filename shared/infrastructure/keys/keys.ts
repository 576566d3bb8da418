import { and, eq, isNull } from "drizzle-orm";
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
import { LRUCache } from "lru-cache";
import { serviceKeys } from "../../models/identity.ts";
import type { Db } from "../db.ts";
import { deriveSecret } from "./secrets.ts";

type KeyAlgorithm = "ES256" | "EdDSA";

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  privateJwk: JWK;
}

interface PublicKey {
  purpose: string;
  publicKey: CryptoKey;
}

/** The deployment's own keys, kept in the database and encrypted under its secret. Purposes: "oidc-signing", "fragments:<app>". */
export interface Keys {
  /** The current key of a purpose; made when there is none, once for all processes. */
  signingKey(purpose: string, algorithm: KeyAlgorithm): Promise<SigningKey>;
  /** null for an unknown or retired key. */
  findPublicKey(kid: string): Promise<PublicKey | null>;
}

const UNKNOWN_KEPT_MS = 5_000; // short: another process may be making it
const PUBLIC_KEPT_MS = 60_000; // a retired key stops counting within this time

/** Both sides of it, with what was read kept in this process. */
export function openKeys(db: Db, deploymentSecret: string): Keys {
  const secret = deriveSecret(deploymentSecret, "service-keys");
  const signing = new Map<string, Promise<SigningKey>>();
  const known = new LRUCache<string, { key: PublicKey | null }>({ max: 200 });
  return {
    signingKey(purpose, algorithm) {
      const kept = signing.get(purpose);
      if (kept !== undefined) return kept;
      const key = currentKey(db, secret, purpose, algorithm);
      signing.set(purpose, key);
      key.catch(() => signing.delete(purpose)); // the database may come up later
      return key;
    },
    async findPublicKey(kid) {
      const kept = known.get(kid);
      if (kept !== undefined) return kept.key;
      const key = await readPublicKey(db, kid);
      known.set(kid, { key }, { ttl: key === null ? UNKNOWN_KEPT_MS : PUBLIC_KEPT_MS });
      return key;
    },
  };
}

async function currentKey(db: Db, secret: Buffer, purpose: string, algorithm: KeyAlgorithm): Promise<SigningKey> {
  const row = (await readCurrent(db, purpose)) ?? (await makeKey(db, secret, purpose, algorithm));
  const { plaintext } = await compactDecrypt(row.privateJwe, secret).catch((cause: unknown) => {
    throw new Error(`the key ${purpose} can't be decrypted: DEPLOYMENT_SECRET is not the one it was made with`, { cause });
  });
  const privateJwk: JWK = JSON.parse(new TextDecoder().decode(plaintext));
  return { kid: row.kid, privateJwk, privateKey: await toCryptoKey(privateJwk, row.algorithm) };
}

async function readCurrent(db: Db, purpose: string) {
  const [row] = await db
    .select({ kid: serviceKeys.kid, algorithm: serviceKeys.algorithm, privateJwe: serviceKeys.privateJwe })
    .from(serviceKeys)
    .where(and(eq(serviceKeys.purpose, purpose), isNull(serviceKeys.retiredAt)));
  return row;
}

/** Of processes that make the same key at the same moment, the index lets one in; all read that one. */
async function makeKey(db: Db, secret: Buffer, purpose: string, algorithm: KeyAlgorithm) {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const header = { kid, alg: algorithm, use: "sig" };
  const text = new TextEncoder().encode(JSON.stringify({ ...(await exportJWK(pair.privateKey)), ...header }));
  const privateJwe = await new CompactEncrypt(text).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(secret);
  await db
    .insert(serviceKeys)
    .values({ kid, purpose, algorithm, publicJwk: { ...publicJwk, ...header }, privateJwe })
    .onConflictDoNothing();
  const row = await readCurrent(db, purpose);
  if (!row) throw new Error(`the key ${purpose} was not stored`);
  return row;
}

async function readPublicKey(db: Db, kid: string): Promise<PublicKey | null> {
  const [row] = await db
    .select({ purpose: serviceKeys.purpose, algorithm: serviceKeys.algorithm, publicJwk: serviceKeys.publicJwk })
    .from(serviceKeys)
    .where(and(eq(serviceKeys.kid, kid), isNull(serviceKeys.retiredAt)));
  return row ? { purpose: row.purpose, publicKey: await toCryptoKey(row.publicJwk, row.algorithm) } : null;
}

async function toCryptoKey(jwk: JWK, algorithm: string): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new Error("a symmetric key signs nothing here");
  return key;
}
