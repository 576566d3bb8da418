import { describe, expect, it } from "vitest";
import { dlAddFact, dlProgram, dlSaturate, dlStats } from "../../../datalog/index.ts";
import { closureChain, communities, type Facts, grid, groups, mixedAcyclic, people, pointsTo, randomGraph, tree } from "./instances.ts";
import { PROGRAMS } from "./programs.ts";
import { CHANGES_RULES } from "./questions.ts";
import { Random } from "./random.ts";
import { drawProgram } from "./random-program.ts";

/** Sizes of the relations once the rules have run. */
function sizes(rules: string, facts: Facts): Readonly<Record<string, number>> {
  const db = dlProgram(rules);
  for (const [relation, rows] of Object.entries(facts)) for (const row of rows) dlAddFact(db, [relation, ...row]);
  dlSaturate(db);
  return dlStats(db).relations;
}

function rulesOf(name: string): string {
  return PROGRAMS.find((program) => program.name === name)?.rules ?? "";
}

describe("instances of the benchmark", () => {
  it("are the same each time and hold no fact twice", () => {
    const makers = [() => pointsTo(200, 50), () => people(300, 2000, 100, 50), () => groups(100, 10, 5), () => mixedAcyclic(100, 135)];
    for (const make of makers) {
      const facts = make();
      expect(facts).toEqual(make());
      for (const rows of Object.values(facts)) expect(new Set(rows.map((row) => row.join())).size).toBe(rows.length);
    }
  });

  it("have the sizes that their names say", () => {
    expect(Object.entries(people(300, 2000, 100, 50)).map(([name, rows]) => [name, rows.length])).toEqual([
      ["follows", 2000],
      ["blocks", 100],
      ["post", 50],
    ]);
    expect(Object.entries(pointsTo(8000, 2000)).map(([name, rows]) => [name, rows.length])).toEqual([
      ["addr", 2400],
      ["assign", 6000],
      ["load", 600],
      ["store", 600],
    ]);
  });

  it("derive what their shape says", () => {
    expect(sizes(rulesOf("chain"), closureChain(100))).toMatchObject({ "tc/2": (99 * 100) / 2 });
    // Generation k of a binary tree has 2^k nodes, each with all the others.
    expect(sizes(rulesOf("tree"), tree(31))).toMatchObject({ "sg/2": [2, 4, 8, 16].reduce((sum, n) => sum + n * (n - 1), 0) });
    expect(sizes(rulesOf("grid"), grid(8))).toMatchObject({ "par/2": 2 * 8 * 7 });
    expect(sizes(rulesOf("aggregates"), groups(2000, 100, 5))).toMatchObject({ "found/4": 100 });
    expect(sizes(CHANGES_RULES, communities(3, 10))).toMatchObject({ "reach/2": 3 * 45 });
  });

  it("draw graphs without loops at a node", () => {
    for (const [from, to] of randomGraph(new Random(7), 20, 100)) expect(from).not.toBe(to);
  });
});

it("draws the same program for the same seed, and others for others", () => {
  const drawn = Array.from({ length: 8 }, (_, seed) => drawProgram(new Random(seed)));
  expect(drawn[3]).toEqual(drawProgram(new Random(3)));
  expect(new Set(drawn.map(({ what }) => what)).size).toBeGreaterThan(4);
  for (const { rules } of drawn) dlProgram(rules);
});
