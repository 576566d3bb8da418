import { describe, expect, it } from "vitest";
import {
  DatalogError,
  dlAddFact,
  dlAssert,
  dlExplain,
  dlFacts,
  dlHolds,
  dlMakeDb,
  dlModel,
  dlProgram,
  dlProvenance,
  dlQuery,
  dlRetract,
  dlStats,
  dlSubscribe,
  dlTransact,
  dlVar,
  dlWhyNot,
} from "../index.ts";

const MIXED = "p(a). p(b). p(X) :- q(X). q(c).";
const REACH = "reach(X, Y) :- link(X, Y). reach(X, Y) :- link(X, Z), reach(Z, Y).";

describe.each(["incremental", "resaturate"] as const)("a mixed relation, %s", (strategy) => {
  const load = () => dlProgram(MIXED, { strategy });
  const ps = (db: ReturnType<typeof load>) => dlQuery(db, "p(X)").map(({ X }) => X);

  it("loses nothing when what never was is retracted", () => {
    const db = load();
    expect(dlRetract(db, "p(z)").outcome).toBe("unknown");
    expect(ps(db)).toEqual(["a", "b", "c"]);
  });

  it("loses what was asserted and is not derived", () => {
    const db = load();
    expect(dlRetract(db, "p(a)").outcome).toBe("retracted");
    expect(ps(db)).toEqual(["b", "c"]);
  });

  it("loses what was derived when its premise goes", () => {
    const db = load();
    dlRetract(db, "q(c)");
    expect(ps(db)).toEqual(["a", "b"]);
  });

  it("keeps what is derived and asserted when its premise goes", () => {
    const db = load();
    dlAssert(db, "p(c)");
    dlRetract(db, "q(c)");
    expect(ps(db)).toEqual(["a", "b", "c"]);
  });

  it("says that what is only derived cannot be retracted", () => {
    const db = load();
    const result = dlRetract(db, "p(c)");
    expect([result.outcome, result.holds]).toEqual(["only-derived", true]);
    expect(ps(db)).toEqual(["a", "b", "c"]);
  });
});

describe("a cycle", () => {
  it("does not keep itself alive after its only asserted fact is gone", () => {
    const db = dlProgram("q(X) :- p(X). p(X) :- q(X). p(a).");
    dlRetract(db, "p(a)");
    expect(dlModel(db)).toEqual([]);
  });

  it("survives with another fact below it", () => {
    const db = dlProgram(`${REACH} link(a, b). link(b, a). link(b, c). link(a, c).`);
    dlRetract(db, "link(b, c)");
    expect(dlHolds(db, "reach(b, c)")).toBe(true);
    dlRetract(db, "link(a, c)");
    expect(dlHolds(db, "reach(b, c)")).toBe(false);
  });
});

describe("names of people", () => {
  it.each(["Zed", "X), q(Y", "_", "$1", "a'b", "", "ß\n\u{1f35e}"])("are constants in tuples and parameters: %j", (name) => {
    const db = dlProgram("p(X) :- q(X).");
    dlAddFact(db, ["q", name]);
    expect(dlQuery(db, ["p", dlVar("N")])).toEqual([{ N: name }]);
    expect(dlQuery(db, "p($1)", [name])).toEqual([{}]);
    expect(dlQuery(db, ["p", "other"])).toEqual([]);
    expect(
      dlModel(
        dlProgram(
          dlModel(db)
            .map((text) => `${text}.`)
            .join("\n"),
        ),
      ),
    ).toEqual(dlModel(db));
  });
});

describe("a transaction", () => {
  it("leaves everything as it was when it cannot be completed", () => {
    const db = dlProgram("half(X, Y) :- n(X), Y is 10 / X. n(5).");
    const before = dlModel(db);
    expect(() => dlTransact(db, [{ assert: "n(2)" }, { retract: "n(5)" }, { assert: "n(0)" }])).toThrow(/division-by-zero/);
    expect(dlModel(db)).toEqual(before);
    expect(dlProvenance(db, "n(5)").asserted).toBe(true);
  });

  it("tells what came and went, net", () => {
    const db = dlProgram(`${REACH} link(a, b). link(b, c).`);
    dlModel(db);
    const heard: unknown[] = [];
    const stop = dlSubscribe(db, "reach", (change) => heard.push(change));
    dlTransact(db, [{ retract: "link(a, b)" }, { assert: "link(a, c)" }]);
    expect(heard).toEqual([{ added: [], removed: [["a", "b"]] }]);
    stop();
    dlAssert(db, "link(c, d)");
    expect(heard).toHaveLength(1);
  });

  it("is heard by all, in the order of changes, whatever a listener does", () => {
    const db = dlProgram("p(X) :- q(X).");
    const heard: unknown[] = [];
    dlSubscribe(db, "q", ({ added }) => {
      if (added.some(([value]) => value === 1)) dlAssert(db, "q(2)");
      throw new Error("a listener's own mistake");
    });
    dlSubscribe(db, "p", ({ added }) => heard.push(added));
    expect(() => dlAssert(db, "q(1)")).toThrow("a listener's own mistake");
    expect(heard).toEqual([[[1]], [[2]]]);
    expect(dlModel(db)).toEqual(["p(1)", "p(2)", "q(1)", "q(2)"]);
  });

  it("costs no room for tuples that are gone for good", () => {
    const db = dlProgram("p(X) :- q(X, _), not r(X). r(0).");
    for (let i = 0; i < 30_000; i += 3_000) {
      dlTransact(
        db,
        Array.from({ length: 3_000 }, (_, j) => ({ assert: ["q", i + j, j] as const })),
      );
      dlTransact(
        db,
        Array.from({ length: 2_999 }, (_, j) => ({ retract: ["q", i + j, j] as const })),
      );
    }
    expect(dlStats(db).relations).toEqual({ "p/1": 10, "q/2": 10, "r/1": 1 });
    dlAssert(db, "r(2999)");
    expect(dlStats(db).relations["p/1"]).toBe(9);
  });
});

describe.each([{}, { strategy: "resaturate" }, { evaluation: "naive" }] as const)("a fact that leaves no model, %j", (options) => {
  const HALF = "half(X, Y) :- n(X), Y is 8 / X. n(4).";

  it("can be taken back", () => {
    const db = dlProgram(`${HALF} n(0).`, options);
    for (const change of [() => dlAssert(db, "n(2)"), () => dlRetract(db, "n(4)"), () => dlRetract(db, "n(1)"), () => dlModel(db)])
      expect(change).toThrow(/^division-by-zero/);
    expect(dlRetract(db, "n(0)")).toMatchObject({ outcome: "retracted", holds: false });
    expect(dlModel(db)).toEqual(["half(4,2)", "n(4)"]);
    expect(dlAssert(db, "n(8)")).toMatchObject({ added: 2, removed: 0 });
  });

  it("can be taken back after it was added to a model, with what waits beside it kept", () => {
    const db = dlProgram(HALF, options);
    const heard: unknown[] = [];
    dlSubscribe(db, "half", (change) => heard.push(change));
    for (const fact of ["n(2)", "n(0)"]) dlAddFact(db, fact);
    expect(() => dlModel(db)).toThrow(/^division-by-zero/);
    dlTransact(db, [{ retract: "n(0)" }, { retract: "n(4)" }, { assert: "n(8)" }]);
    expect(dlModel(db)).toEqual(["half(2,4)", "half(8,1)", "n(2)", "n(8)"]);
    const added = expect.arrayContaining([
      [2, 4],
      [8, 1],
    ]);
    expect(heard).toEqual([{ added, removed: [[4, 2]] }]);
    expect(dlRetract(db, "n(2)")).toMatchObject({ added: 0, removed: 2 });
  });
});

describe.each([{}, { strategy: "resaturate" }, { evaluation: "naive" }] as const)("what a caller is given, %j", (options) => {
  it("is the caller's own", () => {
    const db = dlProgram("p(X) :- q(X). q(a).", options);
    const spoil = (tuple: readonly unknown[]): unknown => Object.assign(tuple, ["spoilt"]);
    dlSubscribe(db, "p", ({ added }) => added.forEach(spoil));
    dlAssert(db, "q(b)");
    dlFacts(db, "p").forEach(spoil);
    expect(dlModel(db)).toEqual(["p(a)", "p(b)", "q(a)", "q(b)"]);
  });
});

describe("limits", () => {
  it.each([{ facts: 100 }, { iterations: 100 }, { timeMs: 30 }])("end what would not end: %j", (limits) => {
    const db = dlProgram("n(0). n(Y) :- n(X), Y is X + 1.", { limits });
    expect(() => dlModel(db)).toThrow(/limit-exceeded/);
    expect(dlStats(db).relations).toEqual({ "n/1": 1 });
  });
});

describe("progress", () => {
  it("is told of what takes long, and is silent otherwise", () => {
    const heard: number[] = [];
    const options = { limits: { timeMs: 1200 }, onProgress: (facts: number) => heard.push(facts) };
    dlModel(dlProgram("p(a). q(X) :- p(X).", options));
    expect(heard).toEqual([]);
    expect(() => dlModel(dlProgram("n(0). n(Y) :- n(X), Y is X + 1.", options))).toThrow(/limit-exceeded/);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toBeGreaterThan(100);
  });
});

describe("a goal on demand", () => {
  it("derives only what it asks for", () => {
    const db = dlProgram(`${REACH} link(a, b). link(b, c). n(0). n(Y) :- n(X), Y is X + 1.`, { limits: { facts: 1000 } });
    expect(dlQuery(db, "reach(b, X)")).toEqual([{ X: "c" }]);
    expect(dlStats(db).isSaturated).toBe(false);
  });
});

describe("mistakes", () => {
  it("come all together, each with its place", () => {
    const source = "p(X, Y) :- q(X).\nr(X) :- s(X), not t(Z).\n";
    try {
      dlProgram(source);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof DatalogError)) throw error;
      expect(error.mistakes.map(({ code, at }) => [code, at?.line, at?.column])).toEqual([
        ["unsafe-variable", 1, 6],
        ["unsafe-variable", 2, 21],
      ]);
      expect(error.message).toContain("  r(X) :- s(X), not t(Z).\n                      ^");
    }
  });

  it("show of an endless line what stands around them", () => {
    const source = "p(a). ".repeat(5_000);
    const message = messageOf(() => dlProgram(`${source}p(X. ${source}`));
    const [, shown = "", caret = ""] = message.split("\n");
    expect(shown.length).toBeLessThan(1_100);
    expect(shown.slice(caret.length - 4, caret.length)).toBe("p(X.");
  });

  it("are found where brackets and aggregates stand in each other without end", () => {
    for (const opened of ["count(N, X, ", "count(N, X, (", "(", "not (", "min("])
      expect(() => dlProgram(`p(N) :- ${opened.repeat(20_000)}`)).toThrow(/^syntax/);
  });

  it("name the cycle through a negation", () => {
    expect(() => dlProgram("a(X) :- b(X), not c(X). c(X) :- a(X).")).toThrow("a/1 <- not c/1 <- a/1");
  });

  it("refuse integers that are not exact", () => {
    expect(() => dlProgram("p(9007199254740993).")).toThrow(/overflow.*1:3/);
    expect(() => dlModel(dlProgram("p(9007199254740992). q(Y) :- p(X), Y is X + 1."))).toThrow(/overflow/);
    expect(() => dlAddFact(dlMakeDb(), ["p", 2 ** 60])).toThrow(/overflow/);
  });
});

describe("explanations", () => {
  it("prove a fact from asserted ones", () => {
    const db = dlProgram(`${REACH} link(a, b). link(b, a).`);
    const proof = dlExplain(db, "reach(a, a)");
    expect(proof?.premises.map(({ fact, because }) => [fact, because])).toEqual([
      ["link(a,b)", "asserted"],
      ["reach(b,a)", "rule"],
    ]);
    expect(dlExplain(db, "reach(a, z)")).toBeUndefined();
  });

  it("say what is missing", () => {
    const db = dlProgram("can(U) :- member(U), not barred(U). member(ann). barred(ann).");
    expect(dlWhyNot(db, "can(ann)").rules).toEqual([
      { rule: "can(U) :- member(U), not barred(U).", holds: ["member(ann)"], missing: "not barred(ann)" },
    ]);
  });
});

describe("names of relations", () => {
  it.each(["@groups1", "?", "1", "not", "P q", "p/2"])("may be anything: %j", (name) => {
    const db = dlProgram("");
    dlAssert(db, [name, 1]);
    expect(dlStats(db).facts).toBe(1);
    expect(dlQuery(db, [name, dlVar("X")])).toEqual([{ X: 1 }]);
  });
});

describe("a mistake found while evaluating", () => {
  it("shows the line it comes from", () => {
    const db = dlProgram("n(0).\nhalf(Y) :- n(X), Y is 1 / X.");
    expect(() => dlModel(db)).toThrow(`(2:25)\n  half(Y) :- n(X), Y is 1 / X.\n${" ".repeat(26)}^`);
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "";
}
