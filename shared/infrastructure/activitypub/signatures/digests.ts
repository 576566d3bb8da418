import { createHash } from "node:crypto";

/** Of "Content-Digest" (RFC 9530) and of "Digest" (RFC 3230), what is taken; whichever is there must be right. */
const HASHES: Readonly<Record<string, string>> = { "sha-256": "sha256", "sha-512": "sha512" };

/** Whether a header "Content-Digest" is that of these bytes, by every hash of it that we know; one at least. */
export function isContentDigestOf(header: string, body: Buffer): boolean {
  return isEachRight(header, /^([a-z0-9-]+)=:([A-Za-z0-9+/=]+):$/, body);
}

/** The same of a header "Digest". */
export function isDigestOf(header: string, body: Buffer): boolean {
  return isEachRight(header, /^([A-Za-z0-9-]+)=([A-Za-z0-9+/=]+)$/, body);
}

export const contentDigestOf = (body: Buffer): string => `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;

export const digestOf = (body: Buffer): string => `SHA-256=${createHash("sha256").update(body).digest("base64")}`;

function isEachRight(header: string, pattern: RegExp, body: Buffer): boolean {
  let known = 0;
  for (const part of header.split(",")) {
    const [, name = "", value] = pattern.exec(part.trim()) ?? [];
    const hash = HASHES[name.toLowerCase()];
    if (hash === undefined) continue;
    if (createHash(hash).update(body).digest("base64") !== value) return false;
    known += 1;
  }
  return known > 0;
}
