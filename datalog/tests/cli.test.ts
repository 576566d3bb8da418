import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { complete } from "../cli/repl.ts";
import { dlProgram } from "../index.ts";

const CLI = join(import.meta.dirname, "../cli/index.ts");
let directory = "";

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "datalog-"));
  writeFileSync(join(directory, "program.dl"), "path(X, Y) :- edge(X, Y). path(X, Y) :- edge(X, Z), path(Z, Y).\n");
  writeFileSync(join(directory, "asking.dl"), "p(a). p(b). ?- p(X). ?- p(c).\n");
  writeFileSync(join(directory, "wrong.dl"), "p(X) :- q(Y).\n");
  writeFileSync(join(directory, "edge.facts"), "1\t2\n2\tthree\n");
  writeFileSync(join(directory, "name.csv"), '1,"one, or ""I"""\n2,-0.5\n');
});
afterAll(() => rmSync(directory, { recursive: true }));

function run(input: string, ...args: string[]): { out: string[]; err: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, ...args], { cwd: directory, input, encoding: "utf8" });
  return { out: stdout.split("\n").filter(Boolean), err: stderr, status };
}

describe("the command line", () => {
  it("prints a model with facts from files", () => {
    const { out, status } = run("", "run", "program.dl", "--facts", ".");
    expect(out).toEqual([
      "edge(1,2)",
      "edge(2,three)",
      'name(1,"one, or \\"I\\"")',
      "name(2,-0.5)",
      "path(1,2)",
      "path(1,three)",
      "path(2,three)",
    ]);
    expect(status).toBe(0);
  });

  it("prints one relation, counts, and JSON", () => {
    expect(run("", "run", "program.dl", "--facts", ".", "--relation", "edge").out).toEqual(["edge(1,2)", "edge(2,three)"]);
    expect(run("", "run", "program.dl", "--facts", ".", "--count").out).toEqual(["edge/2 2", "name/2 2", "path/2 3"]);
    expect(run("", "query", "program.dl", "path(1, X)", "--facts", ".", "--json").out).toEqual(['[{"X":2},{"X":"three"}]']);
  });

  it("answers a goal, and the goals of a file", () => {
    expect(run("", "query", "program.dl", "path(X, three)", "--facts", ".").out).toEqual(["X = 1", "X = 2"]);
    expect(run("", "run", "asking.dl").out).toEqual(["?- p(X).", "X = a", "X = b", "?- p(c).", "no"]);
  });

  it("explains what holds, and fails with a reason where it does not", () => {
    expect(run("", "explain", "program.dl", "path(1, 2)", "--facts", ".").out[1]).toBe("  edge(1,2)   [asserted]");
    const { err, status } = run("", "explain", "program.dl", "path(three, 1)", "--facts", ".");
    expect([err.split("\n")[0], status]).toEqual(["path(three,1) does not hold: it is not asserted, and each rule fails.", 1]);
  });

  it("explains as JSON, each fact once", () => {
    writeFileSync(join(directory, "twice.dl"), "a. b :- a. c :- b. d :- b, c.\n");
    const b = { fact: "b", because: "rule", rule: "b :- a.", premises: [{ fact: "a", because: "asserted", premises: [] }] };
    const c = { fact: "c", because: "rule", rule: "c :- b.", premises: [{ fact: "b", because: "above", premises: [] }] };
    const [line = ""] = run("", "explain", "twice.dl", "d", "--json").out;
    expect(JSON.parse(line)).toEqual({ fact: "d", because: "rule", rule: "d :- b, c.", premises: [b, c] });
  });

  it("complains on stderr, with exit code 1", () => {
    const wrong = run("", "run", "wrong.dl");
    expect(wrong.err).toContain("unsafe-variable: X occurs in the head but in no positive body literal. (1:3)");
    expect([wrong.out, wrong.status]).toEqual([[], 1]);
    expect(run("", "run", "nowhere.dl").status).toBe(1);
    expect(run("", "dance").status).toBe(1);
  });

  it("reads the last line of a file without a line break, empty field and all", () => {
    const open = mkdtempSync(join(directory, "open-"));
    writeFileSync(join(open, "said.csv"), 'ann,"hello"\nbob,');
    writeFileSync(join(open, "tab.facts"), "a\t1\nb\t");
    expect(run("", "run", "program.dl", "--facts", open).out).toEqual(["said(ann,hello)", 'said(bob,"")', "tab(a,1)", 'tab(b,"")']);
  });

  it("says where a quote is out of place", () => {
    const wrong = mkdtempSync(join(directory, "wrong-"));
    writeFileSync(join(wrong, "said.csv"), `ann,"${"hello ".repeat(200_000)}"\nbob,"no end\n`);
    const { err, status } = run("", "run", "program.dl", "--facts", wrong);
    expect([err, status]).toEqual(['CSV: a quote is out of place near "\\"no end\\n"\n', 1]);
  });

  it("refuses an integer in a file that is not exact", () => {
    const wide = mkdtempSync(join(directory, "wide-"));
    writeFileSync(join(wide, "n.facts"), "9007199254740992\n");
    expect(run("", "run", "program.dl", "--facts", wide).out).toEqual(["n(9007199254740992)"]);
    writeFileSync(join(wide, "n.facts"), "9007199254740993\n");
    expect(run("", "run", "program.dl", "--facts", wide)).toMatchObject({ out: [], status: 1 });
  });

  it("completes names of relations, computed or not, and commands", () => {
    const db = dlProgram("path(X, Y) :- edge(X, Y), not parked(Y). edge(a, b).");
    expect(complete(db, "?- pa")).toEqual([["parked", "path"], "pa"]);
    expect(complete(db, "path(X, Y) :- e")).toEqual([["edge"], "e"]);
    expect(complete(db, ":why")).toEqual([[":why ", ":whynot "], ":why"]);
  });

  it("talks", () => {
    const { out } = run("q(a).\np(X) :- q(X).\n?- p(X).\n:why p(a)\n- q(a).\n?- p(X).\n:quit\n", "repl");
    const said = out.map((line) => line.replace(/^(dl> )+/, "")).filter((line) => line !== "");
    expect(said).toEqual(["q(a) is asserted.", "X = a", "p(a)   [by p(X) :- q(X).]", "  q(a)   [asserted]", "q(a) is retracted.", "no"]);
  });
});
