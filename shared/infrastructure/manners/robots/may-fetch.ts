import { capitalEscapes, parseRobots, type Robots, type RobotsGroup, type RobotsRule } from "./parse-robots.ts";

/** What answered the request for /robots.txt. status null: nobody did. */
export interface RobotsAnswer {
  readonly status: number | null;
  readonly body: Uint8Array | string;
}

const ALLOW_ALL: Robots = { groups: [], sitemaps: [] };
const DISALLOW_ALL: Robots = {
  groups: [{ agents: ["*"], rules: [{ allow: false, pattern: "/" }], crawlDelaySeconds: null }],
  sitemaps: [],
};

/** 2xx counts as it stands; 4xx: there are no rules (RFC 9309 §2.3.1.3); 5xx and silence: nothing may be fetched (§2.3.1.4). Redirects were followed. */
export function robotsOf({ status, body }: RobotsAnswer): Robots {
  if (status === null || status >= 500 || status < 200) return DISALLOW_ALL;
  return status < 300 ? parseRobots(body) : ALLOW_ALL;
}

/** Whether the agent (a product token) may fetch the address, percent-encoded as it goes over the wire: the longest matching rule of its groups, allow where two are as long. */
export function mayFetch(robots: Robots, agent: string, url: string): boolean {
  const path = capitalEscapes(pathOf(url));
  const own = groupsOf(robots, agent.toLowerCase());
  const [allow, disallow] = [true, false].map((kind) => longestMatch(own, kind, path)) as [number, number];
  return disallow <= 0 || allow >= disallow;
}

/** The pause that the agent's groups ask for between two requests; null: none named. */
export function crawlDelayOf(robots: Robots, agent: string): number | null {
  const delays = groupsOf(robots, agent.toLowerCase()).flatMap(({ crawlDelaySeconds }) => crawlDelaySeconds ?? []);
  return delays.length > 0 ? Math.max(...delays) : null;
}

/** All groups that name the agent, as one (RFC 9309 §2.2.1); only where there is none, those for everybody. */
function groupsOf({ groups }: Robots, agent: string): RobotsGroup[] {
  const named = agent ? groups.filter(({ agents }) => agents.includes(agent)) : [];
  return named.length > 0 ? named : groups.filter(({ agents }) => agents.includes("*"));
}

function longestMatch(groups: readonly RobotsGroup[], allow: boolean, path: string): number {
  let longest = -1;
  for (const group of groups) {
    for (const rule of group.rules)
      if (rule.allow === allow && rule.pattern.length > longest) longest = Math.max(longest, lengthMatched(rule, path));
  }
  return longest;
}

/** The length of the pattern that matches, or -1. "Allow: /index.html" allows the folder too. */
function lengthMatched({ allow, pattern }: RobotsRule, path: string): number {
  if (matches(pattern, path)) return pattern.length;
  const slash = pattern.lastIndexOf("/");
  if (!allow || slash < 0 || !pattern.startsWith("/index.htm", slash)) return -1;
  const folder = `${pattern.slice(0, slash + 1)}$`;
  return matches(folder, path) ? folder.length : -1;
}

/** "*" stands for anything, "$" at the end for the end. Each piece is taken where it first occurs: no way back, so no blow-up. */
function matches(pattern: string, path: string): boolean {
  const isAnchored = pattern.endsWith("$");
  const pieces = (isAnchored ? pattern.slice(0, -1) : pattern).split("*");
  const [first = "", ...rest] = pieces;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = isAnchored ? rest.pop() : undefined;
  for (const piece of rest) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  if (!isAnchored) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}

/** Path and query of an address, "/" where it has none. What can't be read as an address counts as the root. */
function pathOf(url: string): string {
  const afterScheme = url.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\//i, "");
  const host = afterScheme.search(/[/?;#]/);
  if (host < 0) return "/";
  const path = afterScheme.slice(host).replace(/#.*$/s, "");
  return path.startsWith("/") ? path : `/${path}`;
}
