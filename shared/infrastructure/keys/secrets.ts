import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/** A 256-bit secret for one purpose, from the deployment's one secret: HKDF-SHA256, RFC 5869. */
export function deriveSecret(deploymentSecret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", deploymentSecret, "rose-ash", purpose, 32));
}

/** 256 random bits, base64url: session cookies, links, states. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** 128 random bits, base64url: the device cookie. */
export function randomDeviceSecret(): string {
  return randomBytes(16).toString("base64url");
}

/** SHA-256, base64url: how tokens of full strength are stored. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** HMAC-SHA256, base64url: for values that could be guessed, as codes and mail addresses. */
export function keyedHash(key: Buffer, value: string): string {
  return createHmac("sha256", key).update(value).digest("base64url");
}

/** Compares in constant time. */
export function isSameSecret(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
