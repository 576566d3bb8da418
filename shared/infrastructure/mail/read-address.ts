import { domainToASCII } from "node:url";

const LOCAL_PART = /^[^\s@"<>(),;:\\[\]\p{Cc}\p{Cf}]{1,64}$/u;
const HOST = /^(?=.{4,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * A mail address as somebody typed it, in the one way in which it is kept: lower case, its host as ASCII, so that bäckerei.example and
 * xn--bckerei-5wa.example are one. Null: it is none.
 */
export function readAddress(typed: string): string | null {
  const text = typed.trim().normalize("NFC").toLowerCase();
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  if (at < 1 || !LOCAL_PART.test(local) || local.startsWith(".") || local.endsWith(".") || local.includes("..")) return null;
  const typedHost = text.slice(at + 1);
  const host = /[\s/?#%:[\]\\]/.test(typedHost) ? "" : domainToASCII(typedHost);
  if (!HOST.test(host)) return null;
  const address = `${local}@${host}`;
  return Buffer.byteLength(address) <= 254 ? address : null; // RFC 5321 §4.5.3.1
}
