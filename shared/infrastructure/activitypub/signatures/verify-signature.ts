import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { ClaimedSignature, KeyKind } from "./message.ts";
import { decodeMultibase } from "./multibase.ts";

/** A public key of somebody, by its id. */
export interface PublicKey {
  readonly id: string;
  readonly kind: KeyKind;
  readonly key: KeyObject;
}

const LEAST_RSA_BITS = 2048;
const MOST_RSA_BITS = 8192; // verifying takes the square of it
const ED25519_PREFIX = Buffer.from([0xed, 0x01]);
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Whether the owner of this key signed what the request claims. */
export function verifySignature({ base, signature, algorithm }: ClaimedSignature, { kind, key }: PublicKey): boolean {
  if (algorithm !== null && algorithm !== kind) return false;
  return verify(kind === "rsa" ? "sha256" : null, Buffer.from(base), key, signature);
}

/** A key in PEM, as "publicKeyPem" has it; null for what is none, too short, or of another kind. */
export function readPem(id: string, pem: string): PublicKey | null {
  if (!pem.includes("PUBLIC KEY-----")) return null;
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === "ed25519") return { id, kind: "ed25519", key };
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === "rsa" && bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS ? { id, kind: "rsa", key } : null;
  } catch {
    return null;
  }
}

/** An Ed25519 key as "publicKeyMultibase" has it (FEP-521a); null for anything else. */
export function readMultikey(id: string, multibase: string): PublicKey | null {
  const bytes = decodeMultibase(multibase);
  if (bytes === null || bytes.length !== 34 || !bytes.subarray(0, 2).equals(ED25519_PREFIX)) return null;
  const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI, bytes.subarray(2)]), format: "der", type: "spki" });
  return { id, kind: "ed25519", key };
}
