import { deriveSecret, hashToken, keyedHash, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";

// RFC 8628 §6.1: letters that nobody mistakes for others and that make no words. 20^8 codes: six digits would be guessed
// within a year by whoever asks for links in somebody's name as often as the limits let them.
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const CODE_LENGTH = 8;

/** What people type as a code, without the breaks, in any case of letters. */
export const typedCode = z
  .string()
  .transform((typed) => typed.replace(/[\s-]/g, "").toUpperCase())
  .pipe(z.string().regex(new RegExp(`^[${LETTERS}]{${CODE_LENGTH}}$`)));

/** A link's secret half, and what is stored of it. The code follows from the token, so that the link can show it in another browser. */
export function newLinkSecrets(app: FastifyInstance, uid: string) {
  const token = randomToken();
  return { token, tokenHash: hashToken(token), codeHash: hashCode(app, uid, codeOf(app, token)) };
}

/** Letters that only somebody who holds the token can know. */
export function codeOf(app: FastifyInstance, token: string): string {
  const digest = Buffer.from(keyedHash(keyOf(app), `code ${token}`), "base64url");
  const number = digest.readUIntBE(0, 6);
  return Array.from({ length: CODE_LENGTH }, (_, i) => LETTERS[Math.floor(number / LETTERS.length ** i) % LETTERS.length]).join("");
}

/** Of one interaction: the same letters mean nothing in another. */
export function hashCode(app: FastifyInstance, uid: string, code: string): string {
  return keyedHash(keyOf(app), `${uid} ${code}`);
}

/** The key of a limit: says nothing about the address or mailbox that it counts. */
export function limitKey(app: FastifyInstance, kind: "email" | "ip" | "email-from-ip" | "passkey-from-ip", value: string): string {
  return `sign-in ${kind} ${keyedHash(keyOf(app), value)}`;
}

function keyOf({ runtime }: FastifyInstance): Buffer {
  return deriveSecret(runtime.config.DEPLOYMENT_SECRET, "sign-in-links");
}
