import type { IncomingHttpHeaders } from "node:http";

/** A request as far as signatures cover it. authority: the host that it was sent to, as its receiver is known outside; target: path and query. */
export interface HttpMessage {
  readonly method: string;
  readonly scheme: "http" | "https";
  readonly authority: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * What a request claims: who signed it, and over which text. Whether that is true says verifySignature with the owner's key.
 * names: what is covered, in lower case.
 */
export interface ClaimedSignature {
  readonly kind: "claimed";
  readonly style: SignatureStyle;
  readonly keyId: string;
  readonly algorithm: KeyKind | null;
  readonly names: readonly string[];
  readonly base: string;
  readonly signature: Buffer;
}

/** draft-cavage-http-signatures-12, or RFC 9421. */
export type SignatureStyle = "cavage" | "rfc9421";

/** The two kinds of keys that are taken. */
export type KeyKind = "rsa" | "ed25519";

/** Why a signature counts for nothing. */
export interface Unsigned {
  readonly kind: "unsigned";
  readonly reason: string;
}

export const unsigned = (reason: string): Unsigned => ({ kind: "unsigned", reason });

/** How far clocks may be apart, and how long a request may be under way. */
const TOLERANCE_SECONDS = 3600;

/** One header as signatures cover it: several of a name are joined. Null: there is none. */
export function headerOf({ headers, authority }: HttpMessage, name: string): string | null {
  if (name === "host") return authority; // what a proxy made of it is not what was signed
  const value = headers[name];
  if (value === undefined) return null;
  return (Array.isArray(value) ? value : [value]).map((one) => one.trim()).join(", ");
}

/** Whether an instant, in seconds since 1970, is near enough to now. */
export function isNear(seconds: number, now: Date): boolean {
  return Math.abs(now.getTime() / 1000 - seconds) <= TOLERANCE_SECONDS;
}
