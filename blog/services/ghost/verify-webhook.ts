import { createHmac, timingSafeEqual } from "node:crypto";

const HEADER = /^sha256=([0-9a-f]{64}), t=(\d{13})$/;
const MOST_AGE_MS = 5 * 60_000;

/**
 * Whether a webhook is Ghost's and of now: X-Ghost-Signature has the HMAC of the body, byte by byte, followed by the time in
 * milliseconds. Null: it is not. That it comes once is for whoever writes it down.
 */
export function verifyWebhook(header: unknown, body: Buffer, secret: string, now: Date): { signature: string; sentAt: Date } | null {
  const [, signature, time] = (typeof header === "string" && HEADER.exec(header)) || [];
  if (signature === undefined || time === undefined) return null;
  const expected = createHmac("sha256", secret).update(body).update(time).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) return null;
  const sentAt = new Date(Number(time));
  return Math.abs(now.getTime() - sentAt.getTime()) <= MOST_AGE_MS ? { signature, sentAt } : null;
}
