import type { webcrypto } from "node:crypto";
import type { Keys } from "../../shared/infrastructure/keys/index.ts";

interface Pair {
  kid: string;
  publicKey: webcrypto.CryptoKey;
  privateKey: webcrypto.CryptoKey;
}

/** The deployment's keys without a database. pairOf lets a test sign what the deployment would not. */
export function knownKeys(): Keys & { pairOf(purpose: string): Promise<Pair> } {
  const pairs = new Map<string, Promise<Pair>>();
  const pairOf = (purpose: string): Promise<Pair> => {
    const kept = pairs.get(purpose) ?? makePair(`kid of ${purpose}`);
    pairs.set(purpose, kept);
    return kept;
  };
  return {
    pairOf,
    async signingKey(purpose) {
      const { kid, privateKey } = await pairOf(purpose);
      return { kid, privateKey, privateJwk: { kty: "OKP" } };
    },
    async findPublicKey(kid) {
      const purpose = [...pairs.keys()].find((one) => kid === `kid of ${one}`);
      return purpose === undefined ? null : { purpose, publicKey: (await pairOf(purpose)).publicKey };
    },
  };
}

async function makePair(kid: string): Promise<Pair> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("Ed25519 gives a pair");
  return { kid, publicKey: pair.publicKey, privateKey: pair.privateKey };
}
