import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { median } from "../table.ts";
import { type Engine, PEERS_OF_PROGRAMS } from "./engines.ts";
import { programLines, type Scale } from "./process-lines.ts";
import { PROGRAMS } from "./programs.ts";
import { questionLines } from "./question-lines.ts";
import { randomLines } from "./random-lines.ts";
import { type Line, printLines } from "./table.ts";

const OTHERS = ["suggestions", "acyclic", "cycle", "series", "random"];

export interface DatalogReport {
  readonly rows: readonly Line[];
  readonly text: string;
}

/** `--only NAME` and `--peer NAME` (several times): these lines, these engines beside us only. `--seed N`: the random programs of an earlier run. */
export async function datalog(flags: readonly string[]): Promise<DatalogReport> {
  const { only, peer, seed } = readFlags(flags);
  const isWanted = (name: string): boolean => only.length === 0 || only.includes(name);
  const directory = mkdtempSync(join(tmpdir(), "rose-ash-datalog-"));
  const scale: Scale = [];
  try {
    const parts = [
      {
        title: "Whole processes: CPU seconds, load included, medians of 3",
        lines: await programLines(directory, isWanted, peersHere(peer), scale),
      },
      {
        title: "A loaded database: milliseconds by the clock, or of CPU where a neighbour held the clock up",
        lines: await questionLines(directory, isWanted),
      },
      {
        title: `Programs and graphs drawn at random, seed ${seed}: CPU seconds`,
        lines: isWanted("random") ? await randomLines(directory, seed) : [],
      },
    ].filter(({ lines }) => lines.length > 0);
    const text = ["## datalog", "", ...parts.map(({ title, lines }) => printLines(title, lines)), ...notes(scale)].join("\n");
    return { rows: parts.flatMap(({ lines }) => lines), text: `${text}\n` };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function peersHere(wanted: readonly string[]): Engine[] {
  return PEERS_OF_PROGRAMS.filter(({ name, absent }) => (wanted.length === 0 || wanted.includes(name)) && absent() === undefined);
}

function readFlags(flags: readonly string[]): { only: readonly string[]; peer: readonly string[]; seed: number } {
  const many = { type: "string", multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({
    args: [...flags],
    options: { only: many, peer: many, seed: { type: "string" }, json: { type: "boolean" } },
  });
  refuseUnknown("--only", values.only, [...PROGRAMS.map(({ name }) => name), ...OTHERS]);
  refuseUnknown(
    "--peer",
    values.peer,
    PEERS_OF_PROGRAMS.map(({ name }) => name),
  );
  return { only: values.only, peer: values.peer, seed: Number(values.seed ?? Math.floor(Math.random() * 2 ** 32)) };
}

function refuseUnknown(flag: string, said: readonly string[], known: readonly string[]): void {
  if (said.some((name) => !known.includes(name))) throw new Error(`${flag} takes ${known.join(", ")}`);
}

/** What the reader of the table must know: who is not here, and how this machine compares with the one of the given figures. */
function notes(scale: Scale): string[] {
  const absent = [...new Set(PEERS_OF_PROGRAMS.flatMap(({ absent }) => absent() ?? []))];
  const lines = absent.map((one) => `Not here: ${one}`);
  if (scale.length > 0)
    lines.push(`gringo took ${median(scale).toFixed(2)} of the time it took where the given figures come from (the middle program).`);
  return lines;
}
