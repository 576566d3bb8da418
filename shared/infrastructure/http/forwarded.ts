import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const FORWARDED = /^(x-forwarded-.*|forwarded|x-real-ip|x-proxy-secret)$/;

/**
 * Takes away what a request says it was forwarded from, unless it brings the proxy's secret. Where many share one address
 * with the proxy, as behind a Swarm's ingress, the address alone proves nothing. No secret set: the address has to do.
 */
export function dropForgedForwarding({ headers }: IncomingMessage, secret: string | undefined): void {
  if (secret === undefined) return;
  const said = headers["x-proxy-secret"];
  delete headers["x-proxy-secret"]; // nobody further in has to see it
  if (typeof said === "string" && isSame(said, secret)) return;
  for (const name of Object.keys(headers)) if (FORWARDED.test(name)) delete headers[name];
}

function isSame(said: string, secret: string): boolean {
  return timingSafeEqual(hash(said), hash(secret));
}

const hash = (text: string) => createHash("sha256").update(text).digest();
