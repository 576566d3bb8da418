import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "../table.ts";
import { type Engine, PEERS_OF_PROGRAMS } from "./engines.ts";
import { type Files, writeFiles } from "./files.ts";
import type { Measured } from "./in-process.ts";
import { communities, type Facts, mixedAcyclic, mixedCycle, people } from "./instances.ts";
import { MOST_MB } from "./process-lines.ts";
import { prologChanges, prologSuggestions } from "./prolog-questions.ts";
import { CHANGES_RULES, SUGGESTIONS_RULES, VICTIMS } from "./questions.ts";
import { run } from "./run.ts";
import { type Cell, figure, type Line } from "./table.ts";

/** Processes that measure the same; what counts is the median of all that they measured. */
const PROCESSES = 3;
const LIMIT_SECONDS = 60;

/** What is asked of a loaded database, and changed in it. */
export async function questionLines(directory: string, isWanted: (name: string) => boolean): Promise<Line[]> {
  const lines: Line[] = [];
  if (isWanted("suggestions")) lines.push(await suggestionsLine(directory));
  if (isWanted("acyclic")) lines.push(...(await changeLines(directory, ACYCLIC)));
  if (isWanted("cycle")) lines.push(...(await changeLines(directory, CYCLE)));
  if (isWanted("series")) lines.push(...(await seriesLines(directory)));
  return lines;
}

/** Runs one measure over the facts, in a process of its own, several times. */
async function measure(name: string, files: Files): Promise<Measured[]> {
  const measured: Measured[] = [];
  while (measured.length < PROCESSES) {
    process.stderr.write(`${name}: ${files.facts}\n`);
    const { output } = await run([process.execPath, join(import.meta.dirname, "in-process.ts"), name, files.facts], LIMIT_SECONDS);
    measured.push(JSON.parse(output));
  }
  return measured;
}

async function suggestionsLine(directory: string): Promise<Line> {
  const files = written(directory, "suggestions", people(50_000, 500_000, 20_000, 100_000), SUGGESTIONS_RULES);
  const measured = await measure("suggestions", files);
  const ours = median(measured.flatMap(({ questions = [] }) => questions));
  const answers = Math.round((measured[0]?.answers ?? 0) / (measured[0]?.questions?.length ?? 1));
  const cells: Record<string, Cell> = {
    tuples: { text: `${answers} answers` },
    "peak memory": peak(measured),
  };
  if (isHere("SWI-Prolog")) cells["SWI-Prolog"] = await prologCell(join(directory, "suggestions.pl"), prologSuggestions());
  cells["best JavaScript or wasm, given"] = { text: "32 ms" };
  const what = "suggestions for one user (bound goal), data loaded, not saturated; median of 21 users";
  return { what, ours, unit: "ms", goal: "2 ms", part: ours / 2, ok: ours <= 2 && isSmall(measured), cells };
}

interface Mixed {
  readonly name: string;
  readonly what: string;
  readonly facts: Facts;
  readonly medianMs: number;
  readonly worstMs: number;
  readonly given: { readonly souffle: string; readonly javascript: string };
}

const ACYCLIC: Mixed = {
  name: "acyclic",
  what: "one link of a mixed relation, acyclic",
  facts: mixedAcyclic(1000, 1350),
  medianMs: 1,
  worstMs: Number.POSITIVE_INFINITY,
  given: { souffle: "re-run 20-30 ms", javascript: "170 ms" },
};

const CYCLE: Mixed = {
  name: "cycle",
  what: "one link, all in one big cycle",
  facts: mixedCycle(300, 900),
  medianMs: 10,
  worstMs: 50,
  given: { souffle: "re-run 30 ms", javascript: "190 ms" },
};

async function changeLines(directory: string, mixed: Mixed): Promise<Line[]> {
  const files = written(directory, mixed.name, mixed.facts, CHANGES_RULES);
  const measured = await measure("changes", files);
  const cells: Record<string, Cell> = {
    tuples: { text: `${measured[0]?.derived?.toLocaleString("en-GB")} derived` },
    "peak memory": peak(measured),
  };
  if (isHere("gringo")) cells["gringo, re-run"] = await gringoCell(files);
  if (isHere("SWI-Prolog")) cells["SWI-Prolog"] = await prologCell(join(directory, `${mixed.name}.pl`), prologChanges(mixed.facts));
  cells["Soufflé, given"] = { text: mixed.given.souffle };
  cells["best JavaScript or wasm, given"] = { text: mixed.given.javascript };
  const line = (verb: string, all: readonly number[]): Line => {
    const [ours, worst] = [median(all), Math.max(...all)];
    const goal = `${mixed.medianMs} ms median${Number.isFinite(mixed.worstMs) ? `, ${mixed.worstMs} ms worst` : ""}`;
    const ok = ours <= mixed.medianMs && worst <= mixed.worstMs && isSmall(measured);
    const what = `${verb} ${mixed.what}; ${VICTIMS} links, worst ${figure(worst, "ms")}`;
    return { what, ours, unit: "ms", goal, part: ours / mixed.medianMs, ok, cells };
  };
  return [
    line(
      "retract",
      measured.flatMap(({ retracts = [] }) => retracts),
    ),
    line(
      "assert",
      measured.flatMap(({ asserts = [] }) => asserts),
    ),
  ];
}

/** A change of the same size in databases of three sizes: the largest may take three times the smallest, not a hundred. */
async function seriesLines(directory: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const count of [20, 202, 2016]) {
    const files = written(directory, `series-${count}`, communities(count, 32), CHANGES_RULES);
    const measured = await measure("changes", files);
    const ours = median(measured.flatMap(({ retracts = [], asserts = [] }) => [...retracts, ...asserts]));
    const first = lines[0]?.ours ?? ours;
    const cells = {
      tuples: { text: `${measured[0]?.derived?.toLocaleString("en-GB")} derived` },
      "peak memory": peak(measured),
    };
    const what = "the same change (255 tuples go, or come) in a database of";
    const goal = lines.length === 0 ? "" : "3 times the first";
    const part = lines.length === 0 ? null : ours / (first * 3);
    lines.push({ what, ours, unit: "ms", goal, part, ok: ours <= first * 3 && isSmall(measured), cells });
  }
  return lines;
}

/** gringo can only run again: the CPU time of the whole process. */
async function gringoCell({ gringo, clauses }: Files): Promise<Cell> {
  const times: number[] = [];
  while (times.length < PROCESSES) times.push((await run(["gringo", gringo, clauses], LIMIT_SECONDS)).cpuSeconds * 1000);
  return milliseconds(median(times));
}

/** A Prolog program that measures itself and prints the median in milliseconds. */
async function prologCell(file: string, text: string): Promise<Cell> {
  writeFileSync(file, text);
  const { output, isStopped } = await run(["swipl", "-q", "-g", "main", "-t", "halt", file], LIMIT_SECONDS);
  return isStopped ? { text: `> ${LIMIT_SECONDS} s for all, stopped` } : milliseconds(Number(output.trim().split("\n").at(-1)));
}

function written(directory: string, name: string, facts: Facts, rules: string): Files {
  const folder = join(directory, name);
  mkdirSync(folder, { recursive: true });
  return writeFiles(folder, { rules, counted: "reach" }, facts);
}

function milliseconds(value: number): Cell {
  return { text: figure(value, "ms"), figure: value };
}

function isSmall(measured: readonly Measured[]): boolean {
  return measured.every(({ peakMb }) => peakMb < MOST_MB);
}

function peak(measured: readonly Measured[]): Cell {
  return { text: `${Math.round(Math.max(...measured.map(({ peakMb }) => peakMb)))} MB` };
}

function isHere(name: string): boolean {
  return PEERS_OF_PROGRAMS.some((engine: Engine) => engine.name === name && engine.absent() === undefined);
}
