import type { MailReport } from "@rose-ash/shared/contracts/letters.ts";
import type { LetterLinks } from "./links.ts";

/** passing: it says that a mail is late, or was delivered. unknown: it is about no letter of ours. */
export type ReadReport = { kind: "report"; report: MailReport } | { kind: "passing" } | { kind: "unknown" };

/** Our number, in the address that it came back to, in X-Letter or in the message's id. */
const NUMBERED = /(?:\+|X-Letter:\s*|<letter-)([0-9]{1,15}-[0-9]{1,15}-[0-9a-f]{24})\b/gi;

/**
 * What a mail that came back says: a delivery status (RFC 3464) or somebody's complaint (ARF, RFC 5965). It is read line by line,
 * whatever its parts are: a line that is not there says nothing. raw: the message, its bytes as characters.
 */
export function readReport(raw: string, links: Pick<LetterLinks, "readReturned">): ReadReport {
  const about = [...raw.matchAll(NUMBERED)]
    .map(([, token = ""]) => links.readReturned(token.toLowerCase()))
    .find((found) => found !== null);
  if (!about) return { kind: "unknown" };
  if (/^Feedback-Type:\s*(abuse|fraud|other|virus)\b/im.test(raw))
    return { kind: "report", report: { ...about, kind: "complained", reply: "" } };
  const action = /^Action:\s*([a-z]+)/im.exec(raw)?.[1]?.toLowerCase() ?? "";
  const status = /^Status:\s*([245]\.\d{1,3}\.\d{1,3})\b/im.exec(raw)?.[1] ?? "";
  const code = /^Diagnostic-Code:\s*smtp;\s*(\d{3})\b/im.exec(raw)?.[1] ?? "";
  const isForGood = action === "failed" && (status.startsWith("5.") || (status === "" && code.startsWith("5")));
  return isForGood ? { kind: "report", report: { ...about, kind: "bounced", reply: `${code} ${status}`.trim() } } : { kind: "passing" };
}
