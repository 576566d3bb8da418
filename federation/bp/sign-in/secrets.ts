import { deriveSecret, hashToken, keyedHash, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { FastifyInstance } from "fastify";

const DIGITS = 6;

/** A link's secret half, and what is stored of it. The code follows from the token, so that the link can show it in another browser. */
export function newLinkSecrets(app: FastifyInstance, uid: string) {
  const token = randomToken();
  return { token, tokenHash: hashToken(token), codeHash: hashCode(app, uid, codeOf(app, token)) };
}

/** Six digits that only somebody who holds the token can know. */
export function codeOf(app: FastifyInstance, token: string): string {
  const digest = Buffer.from(keyedHash(keyOf(app), `code ${token}`), "base64url");
  return String(digest.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** Of one interaction: the same digits mean nothing in another. */
export function hashCode(app: FastifyInstance, uid: string, code: string): string {
  return keyedHash(keyOf(app), `${uid} ${code}`);
}

/** The key of a limit: says nothing about the address or mailbox that it counts. */
export function limitKey(app: FastifyInstance, kind: "email" | "ip", value: string): string {
  return `sign-in ${kind} ${keyedHash(keyOf(app), value)}`;
}

function keyOf({ runtime }: FastifyInstance): Buffer {
  return deriveSecret(runtime.config.DEPLOYMENT_SECRET, "sign-in-links");
}
