import { bodyMistakes } from "../analysis/safety.ts";
import { type Literal, type Place, type Rule, relationKey } from "../ast/ast.ts";
import { tupleText } from "../ast/constants.ts";
import { GOAL } from "../ast/names.ts";
import { printBody, printLiteral, printRule } from "../ast/print.ts";
import { substitute } from "../ast/substitute.ts";
import { literalVariables, termVariables } from "../ast/variables.ts";
import type { Db } from "../db/db.ts";
import type { Fact } from "../db/engine.ts";
import { type FactInput, readFact } from "../db/input.ts";
import { dlSaturate } from "../db/program.ts";
import { DatalogError } from "../errors.ts";
import { type Bindings, match } from "../eval/naive.ts";

/** Why a fact does not hold: for each rule that could derive it, what fails. */
export interface WhyNot {
  readonly fact: string;
  readonly holds: boolean;
  readonly rules: readonly Failure[];
  /** In words, for people. */
  readonly message: string;
}

export interface Failure {
  readonly rule: string;
  /** Literals that hold together, and the first, in the order of the rule, that does not hold with them. */
  readonly holds: readonly string[];
  readonly missing: string;
}

/** What would have to be otherwise for the fact to hold. */
export function dlWhyNot(db: Db, input: FactInput): WhyNot {
  const fact = readFact(input);
  dlSaturate(db);
  const text = tupleText(fact.name, fact.values);
  if (db.engine.has(fact)) return { fact: text, holds: true, rules: [], message: `${text} holds.` };
  const rules = db.rules.flatMap((rule) => failure(db, rule, fact));
  const lines = rules.map(({ rule, missing }) => `  ${rule}\n    fails at ${missing}`);
  const why = rules.length === 0 ? "it is not asserted, and no rule could derive it" : "it is not asserted, and each rule fails";
  return { fact: text, holds: false, rules, message: [`${text} does not hold: ${why}.`, ...lines].join("\n") };
}

/** Literals that hold together, as many as do, and the first that does not hold with them: atoms first, aggregates last. */
function failure(db: Db, rule: Rule, fact: Fact): Failure[] {
  if (relationKey(rule.head) !== fact.key) return [];
  const given = match(rule.head, fact.values, new Map());
  if (!given) return [];
  const at = rule.head.at;
  const known = [...given].map(([name, value]): Literal => {
    return { kind: "compare", op: "=", left: { kind: "var", name, at }, right: { kind: "const", value }, at };
  });
  const waiting = [...rule.body].sort((one, other) => turn(one) - turn(other));
  const held: Literal[] = [];
  let bindings: Bindings = given;
  for (let found = true; found && waiting.length > 0; ) {
    found = false;
    for (const literal of waiting) {
      const body = [...known, ...held, literal];
      if (bodyMistakes({ head: rule.head, body }).length > 0) continue; // its variables come from a literal still to come
      const answer = firstAnswer(db, body, at);
      if (answer === "no value") continue; // what guards it is still to come
      if (answer) bindings = answer;
      if (answer) held.push(...waiting.splice(waiting.indexOf(literal), 1));
      else waiting.unshift(...waiting.splice(waiting.indexOf(literal), 1));
      found = answer !== undefined;
      break;
    }
  }
  const filled = (literals: readonly Literal[]): Literal[] => literals.map((literal) => substitute(literal, bindings));
  return [{ rule: printRule(rule), holds: filled(held).map(printLiteral), missing: printBody(filled(waiting.slice(0, 1))) }];
}

function turn(literal: Literal): number {
  if (literal.kind === "aggregate") return 2;
  return literal.kind === "atom" && !literal.negated ? 0 : 1;
}

/** One way to satisfy the body; undefined: there is none; "no value": a builtin in it divides by zero or the like. */
function firstAnswer(db: Db, body: readonly Literal[], at: Place): Bindings | "no value" | undefined {
  const own = (literal: Literal): string[] => (literal.kind === "aggregate" ? termVariables([literal.result]) : literalVariables(literal));
  const names = [...new Set(body.flatMap(own))];
  try {
    const [row] = db.engine.solve({ head: { name: GOAL, args: names.map((name) => ({ kind: "var", name, at })), at }, body });
    return row && new Map(names.map((name, column) => [name, row[column] ?? ""] as const));
  } catch (error) {
    if (error instanceof DatalogError && error.code !== "limit-exceeded") return "no value";
    throw error;
  }
}
