import { type AtomLiteral, type Constant, type Literal, type Rule, relationKey, type Term } from "../ast/ast.ts";
import { tupleText } from "../ast/constants.ts";
import { printLiteral, printRule } from "../ast/print.ts";
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
  const rules = db.rules.filter((rule) => ways(db, rule, fact, 1).length > 0);
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
 * Finds well-founded proofs by levels: a fact gets its proof only from facts proven before it, so cycles cannot arise.
 * It looks only at what the fact in question can rest on.
 */
class Prover {
  private readonly db: Db;
  private readonly proven = new Map<string, Proof>();

  constructor(db: Db) {
    this.db = db;
  }

  prove(goal: Fact): Proof | undefined {
    const open = this.reachable(goal);
    for (let grew = true; grew && !this.proven.has(textOf(goal)); ) {
      grew = false;
      const found: [string, Proof][] = [];
      for (const [text, { fact, ways: options }] of open) {
        const proof = this.oneProof(fact, options);
        if (proof) found.push([text, proof]);
      }
      for (const [text, proof] of found) {
        this.proven.set(text, proof);
        open.delete(text);
        grew = true;
      }
    }
    return this.proven.get(textOf(goal));
  }

  /** The facts below the goal with all their derivations. Asserted facts are where the search ends. */
  private reachable(goal: Fact): Map<string, { fact: Fact; ways: Way[] }> {
    const open = new Map<string, { fact: Fact; ways: Way[] }>();
    const queue = [goal];
    for (const fact of queue) {
      if (open.has(textOf(fact))) continue;
      const options = this.db.engine.isAsserted(fact) ? [] : this.db.rules.flatMap((rule) => ways(this.db, rule, fact, 50));
      open.set(textOf(fact), { fact, ways: options });
      for (const { facts } of options) queue.push(...facts);
    }
    return open;
  }

  private oneProof(fact: Fact, options: readonly Way[]): Proof | undefined {
    const text = textOf(fact);
    if (this.db.engine.isAsserted(fact)) return { fact: text, because: "asserted", premises: [] };
    for (const { rule, facts, others } of options) {
      const premises = facts.map((one) => this.proven.get(textOf(one)));
      if (premises.every((premise) => premise !== undefined)) {
        return { fact: text, because: "rule", rule: printRule(rule), premises: [...premises, ...others] };
      }
    }
    return undefined;
  }
}

/** One derivation: the positive facts it uses, and the other literals as leaves. */
interface Way {
  readonly rule: Rule;
  readonly facts: readonly Fact[];
  readonly others: readonly Proof[];
}

/** The derivations of a fact by a rule, at most `most`. */
function ways(db: Db, rule: Rule, fact: Fact, most: number): Way[] {
  if (relationKey(rule.head) !== fact.key) return [];
  const given = match(rule.head, fact.values, new Map());
  if (!given) return [];
  const named = withoutAnonymous(rule);
  return db.engine
    .solve(bodyRule(named, given))
    .slice(0, most)
    .map((row) => ({ ...way(named, bodyVariables(named), row), rule }));
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
  return { head: { name: "?", args, at }, body: [...equal, ...body] };
}

function bodyVariables(rule: Rule): string[] {
  const outside = rule.body.flatMap((literal, position) =>
    literal.kind === "aggregate" ? [...termVariables([literal.result]), ...groupVariables(rule, position)] : literalVariables(literal),
  );
  return [...new Set(outside)];
}

function leaf(literal: Literal, bindings: Bindings): Proof {
  const fact = printLiteral(literal).replace(/\b[A-Z_][A-Za-z0-9_]*\b/g, (name) => String(bindings.get(name) ?? name));
  const because = literal.kind === "compare" ? "builtin" : literal.kind === "atom" ? "absent" : "aggregate";
  return { fact, because, premises: [] };
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
