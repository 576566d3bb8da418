import { domainToASCII } from "node:url";
import { z } from "zod";

const MOST = 254; // RFC 5321 §4.5.3.1.3, without the brackets

/**
 * A mail address as people type it, as we keep it: lower case, its domain in the letters that the network knows (RFC 5891), so that
 * "ada@bücher.example" is one address however it is typed. Letters before the @ are those of RFC 5321: mail servers that take others
 * are few, and a name in look-alike letters would be another person's.
 */
export const mailAddress = z
  .string()
  .trim()
  .max(MOST * 2)
  .transform(toNetworkLetters)
  .pipe(z.email().max(MOST));

function toNetworkLetters(typed: string): string {
  const at = typed.lastIndexOf("@");
  const domain = domainToASCII(typed.slice(at + 1));
  return at < 1 || domain === "" ? typed : `${typed.slice(0, at)}@${domain}`.toLowerCase();
}
