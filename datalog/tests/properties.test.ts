import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DatalogError,
  type Db,
  type DbOptions,
  dlAddFact,
  dlAddRule,
  dlExplain,
  dlFacts,
  dlHolds,
  dlModel,
  dlPrintProgram,
  dlProgram,
  dlQuery,
  dlStats,
  dlSubscribe,
  dlTransact,
  type Proof,
} from "../index.ts";
import { parseProgram } from "../parser/parser.ts";
import { type Change, goal, type Scenario, scenario } from "./random-programs.ts";

/** DATALOG_RUNS and DATALOG_SEED ask for more, or for the run that failed. fast-check prints the seed of a failure. */
const numRuns = Number(process.env["DATALOG_RUNS"] ?? 500);
const seed = Number(process.env["DATALOG_SEED"] ?? 20260101);
const settings = { numRuns, seed };

/** undefined: the program is refused, which is another test's affair. */
function load({ rules, facts }: Scenario, options: DbOptions = {}): Db | undefined {
  try {
    return dlProgram([...rules, ...facts.map((fact) => `${fact}.`)].join("\n"), options);
  } catch (error) {
    if (error instanceof DatalogError) return undefined;
    throw error;
  }
}

/** What work gives, or the code of its error. */
function outcome<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof DatalogError) return `error ${error.code}`;
    throw error;
  }
}

/** An aggregate is computed before all of its rule is known to hold: the error of one without a value may come earlier than the oracle's. */
function mayDiffer({ rules }: Scenario, ...outcomes: unknown[]): boolean {
  return outcomes.some((one) => String(one).startsWith("error")) && rules.some((rule) => rule.includes("(M, "));
}

function transact(db: Db, changes: readonly Change[]): unknown {
  return outcome(() =>
    dlTransact(
      db,
      changes.map(({ isAssert, fact }) => (isAssert ? { assert: fact } : { retract: fact })),
    ).results.map((one) => one.holds),
  );
}

describe("the engine and its oracle", () => {
  it(`agree on the model (seed ${seed})`, () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const fast = load(one);
        const slow = load(one, { evaluation: "naive" });
        if (!fast || !slow) return;
        const [found, expected] = [outcome(() => dlModel(fast)), outcome(() => dlModel(slow))];
        if (!mayDiffer(one, found, expected)) expect(found).toEqual(expected);
      }),
      settings,
    );
  }, 600_000);

  it("agree after any sequence of changes, and so does stripping and deriving again", () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const dbs = [load(one), load(one, { strategy: "resaturate" }), load(one, { evaluation: "naive" })].filter((db) => db !== undefined);
        if (dbs.some((db) => typeof outcome(() => dlModel(db)) === "string")) return;
        for (const changes of one.changes) {
          const [first, ...rest] = dbs.map((db) => [transact(db, changes), dlModel(db)]);
          if (rest.some((other) => mayDiffer(one, first?.[0], other[0]))) return;
          for (const other of rest) expect(first).toEqual(other);
        }
      }),
      settings,
    );
  }, 600_000);

  it("agree on goals answered on demand", () => {
    fc.assert(
      fc.property(scenario, goal, (one, asked) => {
        const lazy = load(one);
        const eager = load(one, { evaluation: "naive" });
        if (!lazy || !eager || typeof outcome(() => dlModel(eager)) === "string") return;
        const found = outcome(() => dlQuery(lazy, asked));
        if (!mayDiffer(one, found, "")) expect(found).toEqual(dlQuery(eager, asked));
      }),
      settings,
    );
  }, 600_000);

  it("agree on goals of several literals, on demand and on the model", () => {
    fc.assert(
      fc.property(scenario, scenario, fc.constantFrom("a", "b", "1", "2"), (one, other, value) => {
        const [eager, lazy, full] = [load(one, { evaluation: "naive" }), load(one), load(one)];
        if (!eager || !lazy || !full || [eager, full].some((db) => typeof outcome(() => dlModel(db)) === "string")) return;
        for (const rule of other.rules) {
          const body = rule.slice(rule.indexOf(":-") + 2, -1).replace(/\bX\b/, value);
          const answers = [eager, lazy, full].map((db) => outcome(() => dlQuery(db, body)));
          if (mayDiffer({ ...one, rules: [...one.rules, rule] }, ...answers)) continue;
          for (const answer of answers) expect(answer).toEqual(answers[0]);
        }
      }),
      settings,
    );
  }, 600_000);

  it("agree when rules and facts are added between changes", () => {
    fc.assert(
      fc.property(scenario, scenario, (one, added) => {
        const dbs = [load(one), load(one, { strategy: "resaturate" }), load(one, { evaluation: "naive" })].filter((db) => db !== undefined);
        for (const [index, changes] of one.changes.entries()) {
          const states = dbs.map((db) => [transact(db, changes), ...adding(db, added, index)]);
          const models = dbs.map((db) => outcome(() => dlModel(db)));
          if (mayDiffer({ ...one, rules: [...one.rules, ...added.rules] }, ...states.flat(), ...models)) return;
          for (const model of models) expect(model).toEqual(models[0]);
          // Where something has no value, a question that does not touch it is answered on demand, but not naively.
          if (models.some((model) => typeof model === "string")) return;
          for (const state of states) expect(state).toEqual(states[0]);
        }
      }),
      settings,
    );
  }, 600_000);
});

/** Adds a rule and a fact without maintaining; what holds then has to count the fact in. */
function adding(db: Db, { rules, facts }: Scenario, index: number): unknown[] {
  const [rule, fact] = [rules[index], facts[index]];
  return [
    rule && outcome(() => dlAddRule(db, rule)),
    fact && outcome(() => dlAddFact(db, fact)),
    fact && outcome(() => dlHolds(db, fact)),
    outcome(() => dlHolds(db, facts[0] ?? "p(a,b)")),
  ];
}

describe("a change", () => {
  it("tells subscribers the net difference", () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const db = load(one);
        if (!db || typeof outcome(() => dlModel(db)) === "string") return;
        for (const relation of ["p", "s"]) {
          const known = new Set(dlFacts(db, relation).map((tuple) => JSON.stringify(tuple)));
          const stop = dlSubscribe(db, relation, ({ added, removed }) => {
            for (const tuple of added) expect(known.has(JSON.stringify(tuple))).toBe(false);
            for (const tuple of added) known.add(JSON.stringify(tuple));
            for (const tuple of removed) expect(known.delete(JSON.stringify(tuple))).toBe(true);
          });
          for (const changes of one.changes) {
            transact(db, changes);
            expect([...known].sort()).toEqual(
              dlFacts(db, relation)
                .map((tuple) => JSON.stringify(tuple))
                .sort(),
            );
          }
          stop();
        }
      }),
      settings,
    );
  }, 600_000);

  it("leaves the database as it was when it fails", () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const size = load(one);
        if (!size || typeof outcome(() => dlModel(size)) === "string") return;
        const db = load(one, { limits: { facts: dlStats(size).facts } });
        if (!db) return;
        let before = dlModel(db);
        for (const changes of one.changes) {
          if (String(transact(db, changes)).startsWith("error")) expect(dlModel(db)).toEqual(before);
          before = dlModel(db);
        }
      }),
      settings,
    );
  }, 600_000);
});

describe("a program", () => {
  it("is the same after printing and parsing", () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const printed = dlPrintProgram(parseProgram([...one.rules, ...one.facts.map((fact) => `${fact}.`)].join("\n")));
        expect(dlPrintProgram(parseProgram(printed))).toBe(printed);
      }),
      settings,
    );
  });

  it("means the same in any order", () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const forwards = load(one);
        const backwards = load({ ...one, rules: [...one.rules].reverse(), facts: [...one.facts].reverse() });
        if (!forwards || !backwards) return;
        expect(String(outcome(() => dlModel(forwards)))).toEqual(String(outcome(() => dlModel(backwards))));
      }),
      settings,
    );
  }, 600_000);

  it("has a proof without a cycle for every fact of its model, after changes too", () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const db = load(one);
        if (!db || typeof outcome(() => dlModel(db)) === "string") return;
        for (const changes of [[], ...one.changes]) {
          transact(db, changes);
          for (const fact of dlModel(db).slice(0, 20)) expect(hasCycle(dlExplain(db, fact), [])).toBe(false);
        }
      }),
      { ...settings, numRuns: Math.ceil(numRuns / 3) },
    );
  }, 600_000);
});

function hasCycle(proof: Proof | undefined, above: readonly string[]): boolean {
  if (!proof) return true;
  return above.includes(proof.fact) || proof.premises.some((premise) => hasCycle(premise, [...above, proof.fact]));
}
