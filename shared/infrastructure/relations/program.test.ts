import { describe, expect, it } from "vitest";
import { aDeclaration } from "../../../tests/builders/relations.ts";
import { sharedRelations } from "../../relations/index.ts";
import { loadProgram } from "./program.ts";

const WHOLE = { under: { columns: ["part", "whole"], says: "", ceiling: 10 } };
const ASKED = { editor: { columns: ["user", "part"], says: "" }, author: { columns: ["user", "part"], says: "" } };

describe("a program", () => {
  it("is loaded with the shared one, its relations by their plain and their full names", () => {
    const own = aDeclaration({ onDemand: { rules: "editor(U, P) :- author(U, P), role(U, editor, blog).", relations: ASKED } });
    const { relations, service } = loadProgram([sharedRelations, own]);
    expect(service).toBe("blog");
    expect(relations.get("editor")?.fullName).toBe("blog.editor");
    expect(relations.get("role")?.fullName).toBe("shared.role");
  });

  it.each([
    ["a slip of the pen", "editor(U, P) :- author(U, P)\nauthor(a, b).", /asked\.dl:2:1: syntax: /],
    ["a variable without a positive literal", "\n  editor(U, P) :- not author(U, P).", /asked\.dl:2:\d+: unsafe-variable: /],
    ["a relation that denies itself", "editor(U, P) :- author(U, P), not editor(U, P).", /asked\.dl:1:\d+: unstratifiable: /],
    ["a relation that nobody declared", "editor(U, P) :- auther(U, P).", /asked\.dl:1:17: auther is not declared\./],
    [
      "another number of columns",
      "editor(U, P) :- author(U, P, X), author(U, P).",
      /asked\.dl:1:17: author has 2 columns \(user, part\), not 3\./,
    ],
    [
      "an aggregate",
      "editor(U, P) :- author(U, P), count(N, Q, author(U, Q)), N > 1.",
      /asked\.dl:1:\d+: Aggregates are for materialised relations\./,
    ],
    ["a fact of nothing", "autor(ann, rye).", /A fact of autor\/2: no such relation is declared\./],
    [
      "a relation of the other file",
      "under(P, Q) :- author(P, Q).",
      /asked\.dl:1:1: under is not on demand, as the relations of this file are\./,
    ],
  ])("with %s does not load, and says where", (_mistake, rules, message) => {
    const own = aDeclaration({ materialised: { rules: "", relations: WHOLE }, onDemand: { rules, relations: ASKED } });
    expect(() => loadProgram([sharedRelations, own])).toThrow(message);
  });

  it("does not keep whole what rests on something that is asked for", () => {
    const own = aDeclaration({
      materialised: { rules: "under(P, Q) :- author(P, Q).", relations: WHOLE },
      onDemand: { rules: "", relations: ASKED },
    });
    expect(() => loadProgram([own])).toThrow(/whole\.dl:1:16: author is not materialised/);
  });

  it("names every mistake of a stage, each in its file", () => {
    const own = aDeclaration({
      onDemand: { rules: "editor(U, P) :- auther(U, P).\neditor(U, P) :- author(U, P), x(U).", relations: ASKED },
    });
    expect(() => loadProgram([sharedRelations, own])).toThrow(/:1:17: auther is not declared\.\n.*asked\.dl:2:31: x is not declared\./);
  });

  it("has no relation of a shared one's name", () => {
    const own = aDeclaration({ onDemand: { rules: "", relations: { role: { columns: ["role"], says: "" } } } });
    expect(() => loadProgram([sharedRelations, own])).toThrow(/blog\.role has the name of shared\.role/);
  });

  it("reads what other services export by its full name", () => {
    const own = aDeclaration({ onDemand: { rules: "editor(U, P) :- 'market.broader'(U, P).", relations: ASKED } });
    expect(loadProgram([own]).relations.get("market.broader")).toMatchObject({ isImported: true, ceiling: null });
  });
});
