import { type Literal, type Rule, relationKey } from "../ast/ast.ts";
import { tupleText } from "../ast/constants.ts";
import { GOAL } from "../ast/names.ts";
import { printBody, printLiteral, printRule } from "../ast/print.ts";
import { literalVariables } from "../ast/variables.ts";
import type { Db } from "../db/db.ts";
import type { Fact } from "../db/engine.ts";
import { type FactInput, readFact } from "../db/input.ts";
import { dlSaturate } from "../db/program.ts";
import { match } from "../eval/naive.ts";

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

/** The longest beginning of the body, negations and comparisons last, that has an answer; the next literal is what fails. */
function failure(db: Db, rule: Rule, fact: Fact): Failure[] {
  if (relationKey(rule.head) !== fact.key) return [];
  const given = match(rule.head, fact.values, new Map());
  if (!given) return [];
  const at = rule.head.at;
  const known = [...given].map(([name, value]): Literal => {
    return { kind: "compare", op: "=", left: { kind: "var", name, at }, right: { kind: "const", value }, at };
  });
  const isFirst = (literal: Literal): boolean => literal.kind === "atom" && !literal.negated;
  const order = [...rule.body.filter(isFirst), ...rule.body.filter((literal) => !isFirst(literal))];
  let end = 0;
  let bindings = given;
  while (end < order.length) {
    const body = [...known, ...order.slice(0, end + 1)];
    const names = [
      ...new Set(
        order
          .slice(0, end + 1)
          .filter((literal) => literal.kind !== "aggregate")
          .flatMap(literalVariables),
      ),
    ];
    const [answer] = db.engine.solve({ head: { name: GOAL, args: names.map((name) => ({ kind: "var", name, at })), at }, body });
    if (!answer) break;
    bindings = new Map([...given, ...names.map((name, column) => [name, answer[column] ?? ""] as const)]);
    end++;
  }
  const missing = order[end];
  const fill = (text: string): string => text.replace(/\b[A-Z_][A-Za-z0-9_]*\b/g, (name) => String(bindings.get(name) ?? name));
  return [
    {
      rule: printRule(rule),
      holds: order.slice(0, end).map((one) => fill(printLiteral(one))),
      missing: fill(missing ? printLiteral(missing) : printBody(rule.body)),
    },
  ];
}
