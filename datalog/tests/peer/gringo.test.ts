import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tools } from "../../../tests/tools.ts";
import { type DbOptions, dlAddFact, dlModel, dlProgram, dlQuery, dlTransact, dlTupleText } from "../../index.ts";
import { type Atom, atomText, type Story, story, withNames } from "./two-dialects.ts";

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
  const states = assertedAfterEach(one);
  const theirs = askGringo(one, states);
  for (const [step, changes] of one.transactions.entries()) {
    for (const db of dbs) {
      dlTransact(
        db,
        changes.map(({ isAssert, fact }) => (isAssert ? { assert: fact } : { retract: fact })),
      );
      expect(dlModel(db)).toEqual(theirs[step]?.model);
    }
    const answers = one.goals.flatMap((goal, index) => onDemand(source, states[step] ?? [], goal, `goal${index}`));
    expect(answers.sort()).toEqual(theirs[step]?.answers);
  }
}

/** The asserted facts as they stand after each transaction. */
function assertedAfterEach({ transactions }: Story): string[][] {
  const asserted = new Set<string>();
  return transactions.map((changes) => {
    for (const { isAssert, fact } of changes) asserted[isAssert ? "add" : "delete"](fact);
    return [...asserted];
  });
}

/**
 * What another engine makes of the rules and the facts of each state: one run, with a copy of the program for every state.
 * The answers to goal number N are tuples of goalN.
 */
function askGringo({ rules, goals }: Story, states: readonly (readonly string[])[]): { model: string[]; answers: string[] }[] {
  const asking = goals.map((goal, index) => ({ head: atomText({ name: `goal${index}`, args: variables(goal) }), body: atomText(goal) }));
  const copies = states.map((facts, step) => {
    const begin = `s${step}_`;
    const goalRules = asking.map(({ head, body }) => `${begin}${head} :- ${withNames(begin, body)}.`);
    return [...rules.map(({ theirs }) => withNames(begin, theirs)), ...facts.map((fact) => `${withNames(begin, fact)}.`), ...goalRules];
  });
  const input = copies.flat().join("\n");
  const { stdout, stderr, status } = spawnSync("gringo", ["--text", "--warn=none"], { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`gringo: ${stderr}\n${input}`);
  const lines = stdout.split("\n").filter((line) => line.endsWith(".") && !line.startsWith("#"));
  return states.map((_, step) => {
    const begin = `s${step}_`;
    const facts = lines.filter((line) => line.startsWith(begin)).map((line) => line.slice(begin.length, -1));
    const isAnswer = (fact: string): boolean => fact.startsWith("goal");
    return { model: facts.filter((fact) => !isAnswer(fact)).sort(), answers: facts.filter(isAnswer).sort() };
  });
}

function onDemand(source: string, asserted: readonly string[], goal: Atom, name: string): string[] {
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
