import { domainToASCII } from "node:url";
import { z } from "zod";

const email = z.email().max(254);

/**
 * A mail address as it is stored and compared: in lower case, its domain as DNS has it (RFC 5891), so that whoever types bücher.example
 * and xn--bcher-kva.example is one. null: mail does not reach it. A name before the @ that is not ASCII (RFC 6531) is none that ours is sent to.
 */
export function mailAddressOf(typed: string): string | null {
  const text = typed.normalize("NFC").trim();
  const at = text.lastIndexOf("@");
  if (at < 1 || text.length > 254 || /[\s\p{Cc}\p{Cf}]/u.test(text)) return null;
  const domain = domainToASCII(text.slice(at + 1));
  const checked = email.safeParse(`${text.slice(0, at)}@${domain}`.toLowerCase());
  return domain !== "" && checked.success ? checked.data : null;
}
