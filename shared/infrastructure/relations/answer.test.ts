import { type Constant, dlAddFact, dlProgram, dlQuery, dlVar } from "@rose-ash/datalog";
import { describe, expect, it } from "vitest";
import { aDeclaration } from "../../../tests/builders/relations.ts";
import { type FetchFacts, type Goal, OnDemand } from "./answer.ts";
import { type Fact, loadProgram } from "./program.ts";

/** Recursion to both sides, mixed relations, negation of derived relations, joins with themselves, constants and comparisons. */
const RULES = `
  reach(X, Z) :- reach(X, Y), edge(Y, Z).
  reach(X, Y) :- edge(X, Y).
  lonely(X) :- node(X), not linked(X).
  linked(X) :- reach(X, Y), X != Y.
  twin(X, Y) :- mark(X, M), mark(Y, M), X < Y, not reach(X, Y).
  good(X, Y) :- twin(X, Y), node(Y), not lonely(Y).
  odd(X, Y) :- edge(X, Z), even(Z, Y).
  even(X, X) :- node(X).
  even(X, Y) :- edge(X, Z), odd(Z, Y).
  red(X) :- mark(X, red).
  mark(X, red) :- edge(X, c).
  node(z).`;
const ARITIES: Record<string, number> = {
  edge: 2,
  node: 1,
  mark: 2,
  reach: 2,
  lonely: 1,
  linked: 1,
  twin: 2,
  good: 2,
  odd: 2,
  even: 2,
  red: 1,
};
/** Those that are not only derived. */
const STATED = ["edge", "node", "mark", "reach", "linked"];
const NAMES = ["a", "b", "c", "d", "e", "red"];

const columns = (count: number) => Array.from({ length: count }, (_, column) => `c${column}`);
const program = loadProgram([
  aDeclaration({
    onDemand: {
      rules: RULES,
      relations: Object.fromEntries(Object.entries(ARITIES).map(([name, arity]) => [name, { columns: columns(arity), says: "" }])),
    },
  }),
]);

describe("an answer on demand", () => {
  it("is what the whole model says, for every goal, from databases used again, and from fewer facts", async () => {
    const onDemand = new OnDemand(program);
    const random = seeded(4207);
    let [fetched, all] = [0, 0];
    for (let run = 0; run < 40; run++) {
      const facts = someFacts(random);
      const whole = dlProgram(RULES);
      for (const fact of facts) dlAddFact(whole, fact);
      const fetch: FetchFacts = async (asks) => {
        const found = asks.flatMap(({ relation, pattern, bindings }) =>
          facts.filter(([name, ...values]) => name === relation && bindings.some((binding) => suits(values, pattern, binding))),
        );
        fetched += found.length;
        return found;
      };
      for (const goal of someGoals(random)) {
        all += facts.length;
        const terms = goal.values.map((value, column) => value ?? dlVar(`V${column}`));
        const expected = dlQuery(whole, [goal.relation, ...terms]);
        const about = `run ${run}: ${JSON.stringify(goal)}`;
        expect(await onDemand.read(goal, fetch, (db) => dlQuery(db, [goal.relation, ...terms])), about).toEqual(expected);
        expect(dlQuery(await onDemand.databaseFor(goal, fetch), [goal.relation, ...terms]), about).toEqual(expected);
      }
    }
    expect(fetched).toBeLessThan(all); // both ways together: less than half of everything each
  });

  it("is refused when more is wanted than can be fetched, and the next one is right again", async () => {
    const onDemand = new OnDemand(program);
    const many: Fact[] = Array.from({ length: 10_001 }, (_, n) => ["edge", `n${n}`, `n${n + 1}`]);
    const goal: Goal = { relation: "edge", values: [null, null] };
    await expect(
      onDemand.read(
        goal,
        async () => many,
        () => 0,
      ),
    ).rejects.toMatchObject({ code: "question-too-wide" });
    const few: Fact[] = [["edge", "a", "b"]];
    expect(
      await onDemand.read(
        goal,
        async () => few,
        (db) => dlQuery(db, "edge(X, Y)"),
      ),
    ).toEqual([{ X: "a", Y: "b" }]);
  });
});

function someFacts(random: (below: number) => number): Fact[] {
  const facts = Array.from({ length: 4 + random(14) }, (): Fact => {
    const name = STATED[random(STATED.length)] ?? "edge";
    return [name, ...columns(ARITIES[name] ?? 1).map(() => NAMES[random(NAMES.length)] ?? "a")];
  });
  return [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
}

function someGoals(random: (below: number) => number): Goal[] {
  return Object.entries(ARITIES).map(([relation, arity]) => {
    const values = columns(arity).map(() => (random(3) > 0 ? (NAMES[random(NAMES.length)] ?? "a") : null));
    return { relation, values: values.some((value) => value !== null) ? values : ["a", ...values.slice(1)] };
  });
}

function suits(values: readonly Constant[], pattern: string, binding: readonly Constant[]): boolean {
  const bound = values.filter((_, column) => pattern[column] === "b");
  return bound.every((value, place) => value === binding[place]);
}

/** Numbers below a bound, the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
