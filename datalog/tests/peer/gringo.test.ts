import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tools } from "../../../tests/tools.ts";
import { type DbOptions, dlAddFact, dlModel, dlProgram, dlQuery, dlTransact, dlTupleText } from "../../index.ts";
import { type Atom, atomText, type Story, story } from "./two-dialects.ts";

/** DATALOG_RUNS and DATALOG_SEED ask for more, or for the run that failed. */
const numRuns = Number(process.env["DATALOG_RUNS"] ?? 60);
const seed = Number(process.env["DATALOG_SEED"] ?? 20260101);

const DATABASES: readonly DbOptions[] = [{}, { strategy: "resaturate" }, { evaluation: "naive" }];

describe.skipIf(!tools.gringo)("the engine and gringo", () => {
  it(`have the same models and answers after any sequence of changes (seed ${seed})`, () => {
    fc.assert(fc.property(story, compare), { numRuns, seed });
  }, 3_600_000);
});

/** Each transaction, made in every database, gives gringo's model; goals find gringo's answers where nothing was derived yet. */
function compare(one: Story): void {
  const source = one.rules.map(({ ours }) => ours).join("\n");
  const dbs = DATABASES.map((options) => dlProgram(source, options));
  const asserted = new Set<string>();
  for (const changes of one.transactions) {
    for (const { isAssert, fact } of changes) asserted[isAssert ? "add" : "delete"](fact);
    const { model, answers } = askGringo(one, asserted);
    for (const db of dbs) {
      dlTransact(
        db,
        changes.map(({ isAssert, fact }) => (isAssert ? { assert: fact } : { retract: fact })),
      );
      expect(dlModel(db)).toEqual(model);
    }
    expect(one.goals.flatMap((goal, index) => onDemand(source, asserted, goal, `goal${index}`)).sort()).toEqual(answers);
  }
}

/** What another engine makes of the rules and the asserted facts; the answers to goal number N are tuples of goalN. */
function askGringo({ rules, goals }: Story, asserted: ReadonlySet<string>): { model: string[]; answers: string[] } {
  const asking = goals.map((goal, index) => `${atomText({ name: `goal${index}`, args: variables(goal) })} :- ${atomText(goal)}.`);
  const input = [...rules.map(({ theirs }) => theirs), ...[...asserted].map((fact) => `${fact}.`), ...asking].join("\n");
  const { stdout, stderr, status } = spawnSync("gringo", ["--text", "--warn=none"], { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`gringo: ${stderr}\n${input}`);
  const lines = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const facts = lines.map((line) => line.slice(0, -1)).sort();
  return { model: facts.filter((fact) => !fact.startsWith("goal")), answers: facts.filter((fact) => fact.startsWith("goal")) };
}

function onDemand(source: string, asserted: ReadonlySet<string>, goal: Atom, name: string): string[] {
  const db = dlProgram(source);
  for (const fact of asserted) dlAddFact(db, fact);
  return dlQuery(db, atomText(goal)).map((answer) =>
    dlTupleText(
      name,
      variables(goal).map((variable) => answer[variable] ?? ""),
    ),
  );
}

function variables({ args }: Atom): string[] {
  return [...new Set(args.filter((one) => one === "X" || one === "Y"))];
}
