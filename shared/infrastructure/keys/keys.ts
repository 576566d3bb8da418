import { LRUCache } from "lru-cache";
import { type Clock, systemClock } from "../clock.ts";
import type { Db } from "../db.ts";
import { beginRotation, replaceKeys } from "./by-hand.ts";
import {
  decryptKey,
  insertKey,
  type KeyAlgorithm,
  type KeyRow,
  type PublicKey,
  readCurrent,
  readPublicKey,
  readPublished,
  type SigningKey,
} from "./key-rows.ts";
import { type RotationStep, rotateKeys, VERIFIES_AFTER_MS } from "./rotate.ts";
import { deriveSecret } from "./secrets.ts";

/** The deployment's own keys, kept in the database and encrypted under its secret. Purposes: "oidc-signing", "fragments:<app>", and of actors "actors:rsa", "actors:ed25519:<app>", "member:<id>:rsa", "member:<id>:ed25519". */
export interface Keys {
  /** The current key of a purpose; made when there is none, once for all processes. */
  signingKey(purpose: string, algorithm: KeyAlgorithm): Promise<SigningKey>;
  /** null for a key that is unknown, or that retired so long ago that nothing it signed is of use. */
  findPublicKey(kid: string): Promise<PublicKey | null>;
}

/** The keys with what their keeper does. */
export interface KeyRing extends Keys {
  /** What a purpose publishes: the key that signs first, then the next one and the retired ones that still verify. */
  listPublished(purpose: string, algorithm: KeyAlgorithm): Promise<readonly SigningKey[]>;
  /** Takes each purpose one step further, if its time has come. Any process may call it at any time. */
  rotate(): Promise<readonly RotationStep[]>;
  /** Publishes the next key of each purpose ahead of its time; it takes over a day later. Audited; throws without a reason. */
  beginRotation(reason: string): Promise<readonly RotationStep[]>;
  /** For keys that somebody may have stolen: new ones sign at once, and what the old ones signed counts no more. Audited; throws without a reason. */
  replaceAll(reason: string): Promise<readonly RotationStep[]>;
}

const UNKNOWN_KEPT_MS = 5_000; // short: another process may be making it
const KEPT_MS = 60_000; // a rotation shows in every process within this time

/** Both sides of it, with what was read kept in this process. */
export function openKeys(db: Db, deploymentSecret: string, clock: Clock = systemClock): KeyRing {
  const secret = deriveSecret(deploymentSecret, "service-keys");
  const signing = new LRUCache<string, Promise<SigningKey>>({ max: 50, ttl: KEPT_MS });
  const known = new LRUCache<string, { key: PublicKey | null }>({ max: 200 });
  const retiredAfter = () => new Date(clock.now().getTime() - VERIFIES_AFTER_MS);
  const rotation = { db, secret, clock };

  async function currentRow(purpose: string, algorithm: KeyAlgorithm): Promise<KeyRow> {
    const found = await readCurrent(db, purpose);
    if (found) return found;
    const now = clock.now();
    await insertKey(db, secret, { purpose, algorithm, createdAt: now, currentAt: now });
    const made = await readCurrent(db, purpose);
    if (!made) throw new Error(`the key ${purpose} was not stored`);
    return made;
  }

  return {
    signingKey(purpose, algorithm) {
      const kept = signing.get(purpose);
      if (kept !== undefined) return kept;
      const key = currentRow(purpose, algorithm).then((row) => decryptKey(row, secret));
      signing.set(purpose, key);
      key.catch(() => signing.delete(purpose)); // the database may come up later
      return key;
    },
    async findPublicKey(kid) {
      const kept = known.get(kid);
      if (kept !== undefined) return kept.key;
      const key = await readPublicKey(db, kid, retiredAfter());
      known.set(kid, { key }, { ttl: key === null ? UNKNOWN_KEPT_MS : KEPT_MS });
      return key;
    },
    async listPublished(purpose, algorithm) {
      await currentRow(purpose, algorithm);
      const rows = await readPublished(db, purpose, retiredAfter());
      return Promise.all(rows.map((row) => decryptKey(row, secret)));
    },
    rotate: () => rotateKeys(rotation),
    beginRotation: (reason) => beginRotation(rotation, reason),
    replaceAll: (reason) => replaceKeys(rotation, reason),
  };
}
