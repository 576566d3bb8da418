import { createHash } from "node:crypto";
import type { Door } from "@rose-ash/shared/contracts/ticket-desk.ts";
import type { Keys } from "@rose-ash/shared/infrastructure/keys/index.ts";

const PURPOSE = "door:events";
const SIGNED_WITH = { name: "ECDSA", hash: "SHA-256" } as const;

/**
 * The list of a door as text, and its signature (ECDSA, P-256, SHA-256, base64): what a browser keeps can't be written anew there.
 * Codes stand in it as SHA-256 only: nobody makes tickets of a telephone that was left lying.
 */
export async function signDoorList(keys: Keys, { time, guests }: Door, now: Date): Promise<{ list: string; signature: string }> {
  const rows = guests.map(({ code, name, typeName, isIn }) => [
    createHash("sha256").update(code).digest("hex"),
    name,
    typeName,
    isIn ? 1 : 0,
  ]);
  const list = JSON.stringify({ slug: time.slug, key: time.key, madeAt: now.toISOString(), isOff: time.isOff, guests: rows });
  const { privateKey } = await keys.signingKey(PURPOSE, "ES256");
  const signature = await crypto.subtle.sign(SIGNED_WITH, privateKey, new TextEncoder().encode(list));
  return { list, signature: Buffer.from(signature).toString("base64") };
}

/** What the page's script checks it with: a JWK. */
export async function publicDoorKey(keys: Keys): Promise<string> {
  const { privateJwk } = await keys.signingKey(PURPOSE, "ES256");
  const { kty, crv, x, y } = privateJwk;
  return JSON.stringify({ kty, crv, x, y });
}
