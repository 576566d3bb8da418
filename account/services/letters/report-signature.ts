import { createHmac } from "node:crypto";
import { isSameSecret } from "@rose-ash/shared/infrastructure/keys/index.ts";

const OLD_MS = 5 * 60_000;

/** "t=<seconds since 1970>,v1=<HMAC-SHA256 of t, a full stop and the body, hex>". */
export function signReport(secret: string, body: Buffer, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `t=${seconds},v1=${hmac(secret, String(seconds), body)}`;
}

/** Whether it is signed so, within the last five minutes. */
export function isSignedReport(secret: string, header: string | string[] | undefined, body: Buffer, now: Date): boolean {
  const [, seconds = "", given = ""] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(String(header)) ?? [];
  if (given === "" || Math.abs(now.getTime() - Number(seconds) * 1000) > OLD_MS) return false;
  return isSameSecret(given, hmac(secret, seconds, body));
}

function hmac(secret: string, seconds: string, body: Buffer): string {
  return createHmac("sha256", secret).update(`${seconds}.`).update(body).digest("hex");
}
