// in-process.ts MEASURE FACTS_DIR: loads the facts, runs one of the measures below and prints what it took as JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadFacts } from "../../../datalog/cli/files.ts";
import { type Db, dlAssert, dlProgram, dlQuery, dlRetract, dlSaturate, dlStats } from "../../../datalog/index.ts";
import { CHANGES_RULES, SUGGESTIONS_RULES, USERS, VICTIMS } from "./questions.ts";

/** Milliseconds, in the order measured. */
export interface Measured {
  readonly questions?: readonly number[];
  readonly answers?: number;
  readonly retracts?: readonly number[];
  readonly asserts?: readonly number[];
  readonly derived?: number;
  readonly peakMb: number;
}

const MEASURES: Record<string, (directory: string) => Omit<Measured, "peakMb">> = { suggestions, changes };

const [name = "", directory = ""] = process.argv.slice(2);
const measure = MEASURES[name];
if (!measure) throw new Error(`There are ${Object.keys(MEASURES).join(", ")}.`);
const measured: Measured = { ...measure(directory), peakMb: process.resourceUsage().maxRSS / 1024 };
process.stdout.write(JSON.stringify(measured));

/** Asks for one person after the other, none twice: the first of them makes the indexes. */
function suggestions(directory: string): Omit<Measured, "peakMb"> {
  const db = load(SUGGESTIONS_RULES, directory);
  const questions: number[] = [];
  let answers = 0;
  for (let user = 0; user < USERS; user++) {
    questions.push(timed(() => (answers += dlQuery(db, "suggest($1, Z)", [`u${user}`]).length)));
  }
  return { questions, answers };
}

/** Retracts each of some links and asserts it again. */
function changes(directory: string): Omit<Measured, "peakMb"> {
  const db = load(CHANGES_RULES, directory);
  dlSaturate(db);
  const derived = dlStats(db).relations["reach/2"] ?? 0;
  const retracts: number[] = [];
  const asserts: number[] = [];
  const links = readFileSync(join(directory, "link.facts"), "utf8").split("\n").slice(0, VICTIMS);
  for (const [from = 0, to = 0] of links.map((line) => line.split("\t").map(Number))) {
    retracts.push(timed(() => dlRetract(db, ["link", from, to])));
    asserts.push(timed(() => dlAssert(db, ["link", from, to])));
  }
  return { derived, retracts, asserts };
}

function load(rules: string, directory: string): Db {
  const db = dlProgram(rules);
  loadFacts(db, directory);
  return db;
}

/**
 * By the clock, or of CPU with the compiler's and the collector's threads, whichever is less: a neighbour on the machine adds
 * to the first, the threads to the second, and without either the work takes no more than both.
 */
function timed(work: () => void): number {
  const began = performance.now();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.min(performance.now() - began, (user + system) / 1000);
}
