/** What robots.txt may hold at most (RFC 9309 §2.5 asks for 500 KiB at least); the rest is not read. */
export const MAX_ROBOTS_BYTES = 500 * 1024;
/** Longer lines are cut: eight times the longest address that browsers keep. */
const MAX_LINE = 8 * 2083;

/** One line of a group. pattern: percent-encoded as addresses are. */
export interface RobotsRule {
  readonly allow: boolean;
  readonly pattern: string;
}

/** Rules for the agents of one group, in the order they stand there. agents: names in lower case, "*" for everybody. */
export interface RobotsGroup {
  readonly agents: readonly string[];
  readonly rules: readonly RobotsRule[];
  readonly crawlDelaySeconds: number | null;
}

/** What a robots.txt says. */
export interface Robots {
  readonly groups: readonly RobotsGroup[];
  readonly sitemaps: readonly string[];
}

const KEYS: readonly [RegExp, "agent" | "allow" | "disallow" | "sitemap" | "delay"][] = [
  [/^user-?\s?agent/i, "agent"],
  [/^allow/i, "allow"],
  [/^dis*all?ow|^dissalow|^disalow|^diasllow|^disallaw/i, "disallow"],
  [/^site-?map/i, "sitemap"],
  [/^crawl-?delay/i, "delay"],
];

/** Reads a robots.txt (RFC 9309 §2.2). Never fails: what it can't read it passes over. Linear in the size of what it reads. */
export function parseRobots(body: Uint8Array | string): Robots {
  const groups: { agents: string[]; rules: RobotsRule[]; crawlDelaySeconds: number | null }[] = [];
  const sitemaps: string[] = [];
  let inRules = true; // an agent after rules begins a group
  for (const line of linesOf(body)) {
    const { key, value } = keyAndValue(line);
    const group = groups.at(-1);
    if (key === "sitemap" && value) sitemaps.push(value);
    else if (key === "agent") {
      if (inRules) groups.push({ agents: [agentOf(value)], rules: [], crawlDelaySeconds: null });
      else group?.agents.push(agentOf(value));
      inRules = false;
    } else if (group && (key === "allow" || key === "disallow")) {
      group.rules.push({ allow: key === "allow", pattern: encodePattern(value) });
      inRules = true;
    } else if (group && key === "delay" && /^\d{1,6}(?:\.\d{1,3})?$/.test(value)) {
      group.crawlDelaySeconds ??= Number(value);
    }
  }
  return { groups, sitemaps };
}

/** The escapes of an address or a pattern in capitals: "%2f" and "%2F" are the same (RFC 9309 §2.2.2). */
export function capitalEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());
}

/** Patterns as addresses are: what is not ASCII as percent-encoded UTF-8. */
function encodePattern(text: string): string {
  return capitalEscapes(text).replace(/[^ -~]+/gu, (run) => encodeURIComponent(run.toWellFormed()));
}

function linesOf(body: Uint8Array | string): string[] {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_ROBOTS_BYTES)); // drops the BOM
  return text.split(/\r\n|\r|\n/).map((line) => line.slice(0, MAX_LINE));
}

function keyAndValue(line: string): { key: "agent" | "allow" | "disallow" | "sitemap" | "delay" | null; value: string } {
  const hash = line.indexOf("#");
  const text = (hash < 0 ? line : line.slice(0, hash)).trim();
  const colon = text.indexOf(":");
  const [name, value] = colon >= 0 ? [text.slice(0, colon).trim(), text.slice(colon + 1).trim()] : pairOf(text);
  return { key: KEYS.find(([pattern]) => pattern.test(name))?.[1] ?? null, value };
}

/** Some forget the colon; two words without one are taken as key and value. */
function pairOf(text: string): [string, string] {
  const words = text.split(/\s+/);
  return words.length === 2 ? [words[0] ?? "", words[1] ?? ""] : ["", ""];
}

/** The product token (RFC 9309 §2.2.1): what follows it, as a version, does not count. */
function agentOf(value: string): string {
  if (/^\*(?:\s|$)/.test(value)) return "*";
  return (/^[a-z_-]+/i.exec(value)?.[0] ?? "").toLowerCase();
}
