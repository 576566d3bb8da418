import type { HostBlock, Severity } from "@rose-ash/shared/contracts/moderation.ts";
import { hostName } from "./host-name.ts";

const MOST_LINES = 5000;
const SEVERITIES: Readonly<Record<string, Severity>> = { suspend: "suspend", silence: "silence", limit: "silence", noop: "noop" };

/** Lines that could not be used, by their number, with the reason. */
export interface BlockList {
  readonly blocks: readonly HostBlock[];
  readonly odd: readonly { readonly line: number; readonly text: string; readonly why: string }[];
}

/**
 * A list of servers as Mastodon exports it, domain_blocks.csv: #domain, #severity, #reject_media, #reject_reports, #public_comment,
 * #obfuscate, in whatever order its first line says; or one domain a line, each to be suspended.
 */
export function readBlockList(text: string): BlockList {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const first = cellsOf(lines[0] ?? "").map((cell) => cell.replace(/^#/, "").trim().toLowerCase());
  const hasHeader = first.includes("domain");
  const columns = hasHeader ? first : ["domain", "severity", "reject_media", "reject_reports", "public_comment", "obfuscate"];
  const blocks = new Map<string, HostBlock>();
  const odd: { line: number; text: string; why: string }[] = [];
  for (const [index, line] of lines.entries()) {
    if ((hasHeader && index === 0) || line.trim() === "") continue;
    const why = index >= MOST_LINES ? `more than ${MOST_LINES} lines` : null;
    const read = why ?? readLine(columns, line);
    if (typeof read === "string") odd.push({ line: index + 1, text: line.slice(0, 100), why: read });
    else if (!blocks.has(read.host)) blocks.set(read.host, read);
  }
  return { blocks: [...blocks.values()], odd: odd.slice(0, 100) };
}

/** The block, or why it is none. */
function readLine(columns: readonly string[], line: string): HostBlock | string {
  const cells = cellsOf(line);
  const cell = (name: string) => cells[columns.indexOf(name)]?.trim() ?? "";
  const host = hostName.safeParse(cell("domain"));
  if (cell("domain").includes("*")) return "its name is hidden behind asterisks";
  if (!host.success || !host.data.includes(".")) return "that is no host";
  const severity = SEVERITIES[cell("severity").toLowerCase() || "suspend"];
  if (severity === undefined) return "its severity is none that we know";
  return {
    host: host.data,
    severity,
    rejectsReports: isYes(cell("reject_reports")),
    rejectsMedia: isYes(cell("reject_media")),
    reason: cell("public_comment").slice(0, 500),
  };
}

const isYes = (cell: string) => /^(true|1|yes)$/i.test(cell);

/** RFC 4180, of one line: what a cell holds between quotes stays in one line in these lists. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}
