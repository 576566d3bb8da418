import { createHmac } from "node:crypto";
import type { GhostSettings } from "./settings.ts";

/** Ghost takes five minutes at most; clocks differ. */
const SECONDS = 240;

/** A token for Ghost's Admin API: a JWT (RFC 7519) by HS256, named by the integration's key. */
export function adminToken({ keyId, keySecret }: Pick<GhostSettings, "keyId" | "keySecret">, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const signed = [
    { alg: "HS256", typ: "JWT", kid: keyId },
    { iat: issuedAt, exp: issuedAt + SECONDS, aud: "/admin/" },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${signed}.${createHmac("sha256", keySecret).update(signed).digest("base64url")}`;
}
