import { readCavage } from "./cavage.ts";
import { isContentDigestOf, isDigestOf } from "./digests.ts";
import { type ClaimedSignature, type HttpMessage, headerOf, type Unsigned, unsigned } from "./message.ts";
import { readMessageSignature } from "./message-signature.ts";

/**
 * What a request claims by its headers, in whichever of the two styles: one signature, of this hour, over its method, host and
 * address, and over the digest of a body that it brings. Nothing was verified yet, and no body was read.
 */
export function readSignature(message: HttpMessage, now: Date, hasBody: boolean): ClaimedSignature | Unsigned {
  const isNew = message.headers["signature-input"] !== undefined;
  if (!isNew && message.headers["signature"] === undefined) return unsigned("it is not signed");
  const claimed = isNew ? readMessageSignature(message, now) : readCavage(message, now);
  if (claimed.kind === "unsigned") return claimed;
  if (!(isNew ? coversRequest : coversRequestOfCavage)(new Set(claimed.names), message))
    return unsigned("the signature does not cover method, host and address");
  if (hasBody && !claimed.names.includes(isNew ? "content-digest" : "digest")) return unsigned("the signature does not cover a digest");
  return claimed;
}

/** Whether the digest that a signature covers is that of the body. */
export function isBodyOf(claimed: ClaimedSignature, message: HttpMessage, body: Buffer): boolean {
  const isRight = claimed.style === "rfc9421" ? isContentDigestOf : isDigestOf;
  return isRight(headerOf(message, claimed.style === "rfc9421" ? "content-digest" : "digest") ?? "", body);
}

function coversRequest(names: ReadonlySet<string>, { target }: HttpMessage): boolean {
  if (!names.has("@method")) return false;
  if (names.has("@target-uri")) return true;
  if (!names.has("@authority") && !names.has("host")) return false;
  return names.has("@request-target") || (names.has("@path") && (names.has("@query") || !target.includes("?")));
}

const coversRequestOfCavage = (names: ReadonlySet<string>) => names.has("(request-target)") && names.has("host");
