import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** What a command took, children included: user and system time, and the most memory it ever held. */
export interface Run {
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** The end of what it said. */
  readonly output: string;
  /** Over its limit: ended before it was done, cpuSeconds is that limit. */
  readonly isStopped: boolean;
}

/** Of what a command says the end is kept: a grounder says a gigabyte. */
const KEPT = 4000;
const POLL_MS = 20;
/** A command that waits instead of working is ended too. */
const WALL_PER_CPU = 6;

/** Runs a command, without input, in a process group of its own. Throws, with what it said, where it fails. */
export async function run(command: readonly string[], limitSeconds: number): Promise<Run> {
  // The shell's `times` tells what its children took; POSIX has it everywhere.
  const child = spawn("sh", ["-c", '"$@"; code=$?; times >&2; exit $code', "sh", ...command], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    output = (output + piece).slice(-KEPT);
  });
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    told = (told + piece).slice(-KEPT);
  });
  let peakMb = 0;
  let isStopped = false;
  const began = performance.now();
  const poll = setInterval(() => {
    const { cpuSeconds, residentMb } = look(childOf(child.pid ?? 0));
    peakMb = Math.max(peakMb, residentMb);
    if (isStopped || (cpuSeconds < limitSeconds && performance.now() - began < limitSeconds * 1000 * WALL_PER_CPU)) return;
    isStopped = true;
    process.kill(-(child.pid ?? 0), "SIGKILL");
  }, POLL_MS);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(poll);
  if (isStopped) return { cpuSeconds: limitSeconds, peakMb, output, isStopped };
  if (code !== 0) throw new Error(`${command.join(" ")} failed:\n${told}`);
  return { cpuSeconds: childTime(told), peakMb, output, isStopped };
}

/** The second line that `times` prints: `0m1.25s 0m0.10s`, of the children. */
export function childTime(told: string): number {
  const [line = ""] = told.trimEnd().split("\n").slice(-1);
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`The shell's times are not understood: ${JSON.stringify(line)}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/** The shell has one child, the command; its own may be threads only. */
function childOf(shell: number): string {
  return proc(`${shell}/task/${shell}/children`).trim().split(" ")[0] ?? "";
}

function look(pid: string): { cpuSeconds: number; residentMb: number } {
  const [, high = "0"] = /VmHWM:\s+(\d+) kB/.exec(proc(`${pid}/status`)) ?? [];
  const fields = proc(`${pid}/stat`).split(") ")[1]?.split(" ") ?? [];
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  return { cpuSeconds: ticks / 100, residentMb: Number(high) / 1024 };
}

/** Empty where there is no such process any more, and on systems without /proc. */
function proc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return "";
  }
}
