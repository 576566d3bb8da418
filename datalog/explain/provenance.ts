import { components } from "../analysis/graph.ts";
import { type AtomLiteral, type Constant, type Literal, type Rule, relationKey, type Term } from "../ast/ast.ts";
import { tupleText } from "../ast/constants.ts";
import { GOAL } from "../ast/names.ts";
import { printLiteral, printRule } from "../ast/print.ts";
import { substitute } from "../ast/substitute.ts";
import { groupVariables, literalVariables, termVariables } from "../ast/variables.ts";
import type { Db } from "../db/db.ts";
import type { Fact } from "../db/engine.ts";
import { type FactInput, readFact } from "../db/input.ts";
import { dlSaturate } from "../db/program.ts";
import { type Bindings, instance, match } from "../eval/naive.ts";

export interface Provenance {
  readonly asserted: boolean;
  /** The rules that derive it, as text, in the order of the program. */
  readonly derivedBy: readonly string[];
}

/** Who says so: was the fact asserted, and which rules derive it from the model as it is? */
export function dlProvenance(db: Db, input: FactInput): Provenance {
  const fact = readFact(input);
  dlSaturate(db);
  const rules = db.rules.filter((rule) => ways(db, rule, fact).length > 0);
  return { asserted: db.engine.isAsserted(fact), derivedBy: rules.map(printRule) };
}

/** A proof: why a fact holds, down to asserted facts. */
export interface Proof {
  /** The canonical text of the fact, or of a comparison, negation or aggregate that holds. */
  readonly fact: string;
  readonly because: "asserted" | "rule" | "builtin" | "absent" | "aggregate";
  readonly rule?: string;
  readonly premises: readonly Proof[];
}

/** One proof of the fact: asserted facts need none; no fact stands below itself. Undefined when it does not hold. */
export function dlExplain(db: Db, input: FactInput): Proof | undefined {
  const fact = readFact(input);
  dlSaturate(db);
  return db.engine.has(fact) ? new Prover(db).prove(fact) : undefined;
}

/**
 * Proves a fact from facts of lower rank, where they are in its own component, so no proof can run in a circle; every fact of
 * the model has such a derivation. A proof that is needed twice is made once.
 */
class Prover {
  private readonly db: Db;
  private readonly proven = new Map<string, Proof>();
  private readonly chosen = new Map<string, Way>();
  private readonly component = new Map<string, number>();

  constructor(db: Db) {
    this.db = db;
    components(db.rules).forEach((keys, index) => {
      for (const key of keys) this.component.set(key, index);
    });
  }

  /** Without recursion: a proof may be as deep as a chain of many thousand facts. */
  prove(goal: Fact): Proof | undefined {
    const stack = [goal];
    for (let fact = stack[stack.length - 1]; fact; fact = stack[stack.length - 1]) {
      const text = textOf(fact);
      const way = this.way(fact, text);
      const open = way?.facts.filter((premise) => !this.proven.has(textOf(premise))) ?? [];
      if (open.length > 0 && !this.proven.has(text)) {
        stack.push(...open);
        continue;
      }
      if (!this.proven.has(text)) this.proven.set(text, this.proof(text, way));
      stack.pop();
    }
    return this.proven.get(textOf(goal));
  }

  /** The derivation that a fact's proof uses; undefined for an asserted fact, which needs none. */
  private way(fact: Fact, text: string): Way | undefined {
    if (this.db.engine.isAsserted(fact)) return undefined;
    const known = this.chosen.get(text);
    if (known) return known;
    const rank = this.db.engine.rank(fact);
    for (const rule of this.db.rules) {
      const found = ways(this.db, rule, fact).find(({ facts }) => facts.every((one) => this.isBelow(one, fact, rank)));
      if (!found) continue;
      this.chosen.set(text, found);
      return found;
    }
    throw new RangeError(`${text} is in the model without a derivation.`);
  }

  private proof(text: string, way: Way | undefined): Proof {
    if (!way) return { fact: text, because: "asserted", premises: [] };
    const premises = way.facts.flatMap((one) => this.proven.get(textOf(one)) ?? []);
    return { fact: text, because: "rule", rule: printRule(way.rule), premises: [...premises, ...way.others] };
  }

  private isBelow(premise: Fact, fact: Fact, rank: number): boolean {
    return this.component.get(premise.key) !== this.component.get(fact.key) || this.db.engine.rank(premise) < rank;
  }
}

/** One derivation: the positive facts it uses, and the other literals as leaves. */
interface Way {
  readonly rule: Rule;
  readonly facts: readonly Fact[];
  readonly others: readonly Proof[];
}

/** The derivations of a fact by a rule. */
function ways(db: Db, rule: Rule, fact: Fact): Way[] {
  if (relationKey(rule.head) !== fact.key) return [];
  const given = match(rule.head, fact.values, new Map());
  if (!given) return [];
  const named = withoutAnonymous(rule);
  return db.engine.solve(bodyRule(named, given)).map((row) => ({ ...way(named, bodyVariables(named), row), rule }));
}

/** `_` in a positive atom gets a name, so that its value becomes known; no name in a source begins with `@`. */
function withoutAnonymous(rule: Rule): Rule {
  let number = 0;
  const body = rule.body.map((literal): Literal => {
    if (!isPositive(literal)) return literal;
    const args = literal.atom.args.map((term): Term => (term.kind === "any" ? { kind: "var", name: `@${++number}`, at: term.at } : term));
    return { ...literal, atom: { ...literal.atom, args } };
  });
  return { head: rule.head, body };
}

function way(rule: Rule, names: readonly string[], row: readonly Constant[]): Way {
  const bindings: Bindings = new Map(names.map((name, column) => [name, row[column] ?? ""]));
  const facts = rule.body.filter(isPositive).map(({ atom }) => ground(atom.name, instance(atom, bindings)));
  const others = rule.body.filter((literal) => !isPositive(literal)).map((literal) => leaf(literal, bindings));
  return { rule, facts, others };
}

/** The body as a query whose answers are whole bindings. */
function bodyRule(rule: Rule, given: Bindings): Rule {
  const { body } = rule;
  const at = rule.head.at;
  const args = bodyVariables(rule).map((name) => ({ kind: "var" as const, name, at }));
  const equal = [...given].map(([name, value]): Literal => {
    return { kind: "compare", op: "=", left: { kind: "var", name, at }, right: { kind: "const", value }, at };
  });
  return { head: { name: GOAL, args, at }, body: [...equal, ...body] };
}

function bodyVariables(rule: Rule): string[] {
  const outside = rule.body.flatMap((literal, position) =>
    literal.kind === "aggregate" ? [...termVariables([literal.result]), ...groupVariables(rule, position)] : literalVariables(literal),
  );
  return [...new Set(outside)];
}

function leaf(literal: Literal, bindings: Bindings): Proof {
  const because = literal.kind === "compare" ? "builtin" : literal.kind === "atom" ? "absent" : "aggregate";
  return { fact: printLiteral(substitute(literal, bindings)), because, premises: [] };
}

function isPositive(literal: Literal): literal is AtomLiteral {
  return literal.kind === "atom" && !literal.negated;
}

function ground(name: string, values: readonly Constant[]): Fact {
  return { name, key: `${name}/${values.length}`, values };
}

function textOf(fact: Fact): string {
  return tupleText(fact.name, fact.values);
}
