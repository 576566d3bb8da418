import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Engine, OURS, PEERS_OF_PROGRAMS } from "./engines.ts";
import { type Files, writeFiles } from "./files.ts";
import { MOST_MB } from "./process-lines.ts";
import { Random } from "./random.ts";
import { type Drawn, drawProgram } from "./random-program.ts";
import { run } from "./run.ts";
import { type Cell, figure, type Line } from "./table.ts";

const PROGRAMS = 3;

/** Programs and graphs drawn from the seed, by us and by gringo: the whole models must be the same. */
export async function randomLines(directory: string, seed: number): Promise<Line[]> {
  const random = new Random(seed);
  const gringo = PEERS_OF_PROGRAMS.find(({ name, absent }) => name === "gringo" && absent() === undefined);
  const lines: Line[] = [];
  while (lines.length < PROGRAMS) {
    const folder = join(directory, `random-${lines.length}`);
    mkdirSync(folder, { recursive: true });
    const drawn = drawProgram(random);
    process.stderr.write(`${drawn.what}\n`);
    lines.push(await randomLine(drawn, writeFiles(folder, { ...drawn, counted: "r" }, drawn.facts), gringo));
  }
  return lines;
}

async function randomLine({ what, rules, facts }: Drawn, files: Files, gringo: Engine | undefined): Promise<Line> {
  const command = (engine: Engine) => engine.command({ ...NO_PROGRAM, what, rules, facts: () => facts }, files);
  const own = await run(command(OURS), OURS.limitSeconds);
  const model = modelOf(files, [...command(OURS).slice(0, -1)]); // without --count
  const cells: Record<string, Cell> = {
    tuples: { text: model.length.toLocaleString("en-GB") },
    "peak memory": { text: `${Math.round(own.peakMb)} MB` },
  };
  let isSame = true;
  if (gringo) {
    const theirs = await run(command(gringo), gringo.limitSeconds);
    isSame = theirs.isStopped || sameLines(model, modelOf(files, ["gringo", "--text", files.ours, files.clauses]));
    cells["gringo"] = theirs.isStopped
      ? { text: `> ${gringo.limitSeconds} s, stopped` }
      : { text: figure(theirs.cpuSeconds, "s"), figure: theirs.cpuSeconds };
    cells["gringo's model"] = { text: theirs.isStopped ? "" : isSame ? "the same" : "ANOTHER" };
  }
  const ok = isSame && own.peakMb < MOST_MB;
  const escaped = what.replaceAll("|", "\\|");
  return { what: escaped, ours: own.cpuSeconds, unit: "s", goal: `same model, ${MOST_MB} MB`, part: null, ok, cells };
}

/** The tuples that a command prints, one a line, sorted. */
function modelOf({ facts }: Files, [command = "", ...args]: readonly string[]): string[] {
  const file = join(facts, "..", `model-of-${command.split("/").at(-1)}`);
  const out = openSync(file, "w");
  const { status } = spawnSync(command, args, { stdio: ["ignore", out, "inherit"] });
  closeSync(out);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed`);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  // gringo's own helpers begin with #
  return lines.flatMap((line) => (line.startsWith("#") ? [] : [line.replace(/\.$/, "")])).sort();
}

function sameLines(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, i) => line === right[i]);
}

/** What a drawn program does not have: engines that would ask for it are not asked. */
const NO_PROGRAM = {
  name: "",
  counted: "r",
  tuples: 0,
  cozo: "",
  datascript: { rules: "", find: "" },
  goal: 0,
  given: { souffle: "", gringo: 1, loop: "" },
};
