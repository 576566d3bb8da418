import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The suites, in the order in which an engine is best built. Each is a folder of transcripts. */
export const SUITES = [
  "tokenizer",
  "parser",
  "matching",
  "evaluation",
  "builtins",
  "semi-naive",
  "negation",
  "aggregates",
  "api",
  "magic",
  "retraction",
  "explanation",
  "demonstrations",
] as const;

/** One case: a program, and what is asked of it. README.md describes how it is written. */
export interface Case {
  readonly name: string;
  /** Naive evaluation derives everything, so it cannot run a case about not doing so. */
  readonly isForNaive: boolean;
  readonly program: string;
  readonly steps: readonly Step[];
}

export interface Step {
  /** `negation/guards.txt:12`: where to look when it fails. */
  readonly at: string;
  readonly verb: string;
  readonly argument: string;
  readonly expected: readonly string[];
}

/** All cases of a suite, its files in the order of their names. Throws where one is malformed, or two have the same name. */
export function readSuite(suite: string): Case[] {
  const folder = join(import.meta.dirname, suite);
  const files = readdirSync(folder).filter((file) => file.endsWith(".txt"));
  const cases = files.sort().flatMap((file) => readTranscript(join(folder, file), `${suite}/${file}`));
  const names = cases.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`${suite}: two cases are called "${twice}".`);
  return cases;
}

function readTranscript(path: string, label: string): Case[] {
  const common = path.replace(/\.txt$/, ".dl");
  const before = existsSync(common) ? readFileSync(common, "utf8") : "";
  const lines = readFileSync(path, "utf8").split("\n");
  const starts = lines.flatMap((line, index) => (line.startsWith("== ") ? [index] : []));
  return starts.map((start, index) => readCase(lines.slice(start, starts[index + 1]), `${label}:`, start + 1, before));
}

function readCase(lines: readonly string[], label: string, firstLine: number, before: string): Case {
  const [, title = "", mark] = /^== (.*?)( \[not naive\])?$/.exec(lines[0] ?? "") ?? [];
  const first = lines.findIndex((line) => line.startsWith("> "));
  if (title === "" || first < 0) throw new Error(`${label}${firstLine}: a case has a name and at least one step.`);
  const steps: { at: string; verb: string; argument: string; expected: string[] }[] = [];
  lines.slice(first).forEach((line, index) => {
    if (line.startsWith("# ")) return;
    const [, verb = "", argument = ""] = /^> ([a-z-]+) ?(.*)$/.exec(line) ?? [];
    if (verb !== "") steps.push({ at: `${label}${firstLine + first + index}`, verb, argument, expected: [] });
    else if (line !== "") steps.at(-1)?.expected.push(line);
  });
  return { name: title, isForNaive: mark === undefined, program: before + lines.slice(1, first).join("\n").trimEnd(), steps };
}
