import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { median } from "../table.ts";
import { type Engine, OURS } from "./engines.ts";
import { type Files, writeFiles } from "./files.ts";
import { PROGRAMS, type Program } from "./programs.ts";
import { type Run, run } from "./run.ts";
import { type Cell, figure, type Line } from "./table.ts";

const RUNS = 3;
/** A peer that takes longer runs once: three would tell nothing more. */
const SLOW_SECONDS = 3;
export const MOST_MB = 250;

/** What gringo took here, against what it took where the given figures come from: by program. */
export type Scale = number[];

/** Every program as a process of its own, by us and by each peer. */
export async function programLines(
  directory: string,
  isWanted: (name: string) => boolean,
  peers: readonly Engine[],
  scale: Scale,
): Promise<Line[]> {
  const lines: Line[] = [];
  for (const program of PROGRAMS) {
    if (!isWanted(program.name)) continue;
    const folder = join(directory, program.name);
    mkdirSync(folder, { recursive: true });
    const files = writeFiles(folder, program, program.facts());
    lines.push(await programLine(program, files, peers, scale));
  }
  return lines;
}

async function programLine(program: Program, files: Files, peers: readonly Engine[], scale: Scale): Promise<Line> {
  const { what, tuples, goal, given } = program;
  const own = await timed(OURS, program, files);
  const counted = new RegExp(`^${program.counted}/\\d+ ${tuples}$`, "m");
  if (own.isStopped || !counted.test(own.output)) throw new Error(`${what}: ${tuples} tuples expected, got ${own.output}`);
  const cells: Record<string, Cell> = {
    tuples: { text: tuples.toLocaleString("en-GB") },
    "peak memory": { text: `${Math.round(own.peakMb)} MB` },
  };
  for (const peer of peers) cells[peer.name] = await peerCell(peer, program, files);
  cells["Soufflé, given"] = { text: given.souffle };
  cells["loop by hand, given"] = { text: given.loop };
  const { figure: gringo } = cells["gringo"] ?? {};
  if (gringo !== undefined) scale.push(gringo / given.gringo);
  const ok = own.cpuSeconds <= goal && own.peakMb < MOST_MB;
  return { what, ours: own.cpuSeconds, unit: "s", goal: `${goal} s, ${MOST_MB} MB`, part: own.cpuSeconds / goal, ok, cells };
}

async function peerCell(peer: Engine, program: Program, files: Files): Promise<Cell> {
  let result: Run;
  try {
    result = await timed(peer, program, files);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { text: "fails" };
  }
  if (result.isStopped) return { text: `> ${peer.limitSeconds} s, stopped` };
  const said = result.output.trim();
  // Who prints a number prints how many tuples it found.
  if (/^\d+$/.test(said) && Number(said) !== program.tuples) throw new Error(`${peer.name}, ${program.what}: ${said} tuples`);
  return { text: figure(result.cpuSeconds, "s"), figure: result.cpuSeconds };
}

/** Medians of three runs. */
async function timed(engine: Engine, program: Program, files: Files): Promise<Run> {
  process.stderr.write(`${program.name}: ${engine.name}\n`);
  const command = engine.command(program, files);
  const runs = [await run(command, engine.limitSeconds)];
  const [first] = runs;
  if (!first || first.isStopped || first.cpuSeconds > SLOW_SECONDS)
    return first ?? { cpuSeconds: 0, peakMb: 0, output: "", isStopped: true };
  while (runs.length < RUNS) runs.push(await run(command, engine.limitSeconds));
  return {
    ...first,
    cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
    peakMb: Math.max(...runs.map(({ peakMb }) => peakMb)),
  };
}
