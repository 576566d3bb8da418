import { type Constant, dlPrintProgram, type Rule } from "@rose-ash/datalog";

type Literal = Rule["body"][number];
type AtomLiteral = Extract<Literal, { kind: "atom" }>;
type Term = Rule["head"]["args"][number];

/** A question to where facts are: tuples of `relation` that have one of `values` in the bound columns. */
export interface Ask {
  relation: string;
  /** Which columns are bound: "b" or "f" for each. */
  pattern: string;
  /** For each wanted binding, the values of the bound columns; one empty list: all tuples. */
  bindings: readonly (readonly Constant[])[];
}

/** A relation's name under which bindings are collected that its facts are asked for with. No rule can name one so. */
export interface AskRelation {
  name: string;
  relation: string;
  pattern: string;
}

/** Rules that collect what a goal will need to know, as text, and where they collect it. */
export interface AskRules {
  text: string;
  goal: AskRelation;
  all: readonly AskRelation[];
}

/**
 * For a goal with some columns bound: rules that derive with which bindings facts of each relation are wanted, walking bodies
 * from what is bound (the demand part of magic sets: Bancilhon, Maier, Sagiv, Ullman 1986). What lies left of a literal is read
 * from the relations as known so far, negations and comparisons left out: that can ask for more than is needed, never for less.
 */
export function askRules(rules: readonly Rule[], relation: string, pattern: string): AskRules {
  const found = new Map<string, AskRelation>();
  const collected: Rule[] = [];
  const queue: AskRelation[] = [];
  const ask = (name: string, wanted: string): AskRelation => {
    const key = `ask ${name} ${wanted}`;
    const known = found.get(key);
    if (known) return known;
    const made = { name: key, relation: name, pattern: wanted };
    found.set(key, made);
    queue.push(made);
    return made;
  };
  const goal = ask(relation, pattern);
  for (const asked of queue) {
    for (const rule of rules) if (rule.head.name === asked.relation) collected.push(...asksOf(rule, asked, ask));
  }
  return { text: dlPrintProgram({ facts: [], rules: collected, queries: [] }), goal, all: [...found.values()] };
}

function asksOf(rule: Rule, asked: AskRelation, ask: (name: string, pattern: string) => AskRelation): Rule[] {
  const given = boundArgs(rule.head.args, asked.pattern);
  const bound = new Set(given.flatMap(variableName));
  const body: Literal[] = [{ kind: "atom", negated: false, atom: { name: asked.name, args: given, at: rule.head.at } }];
  const collected: Rule[] = [];
  for (const literal of inOrder(rule.body.filter(isAtom), bound)) {
    const { name, args, at } = literal.atom;
    const pattern = args.map((term) => (isBound(term, bound) ? "b" : "f")).join("");
    collected.push({ head: { name: ask(name, pattern).name, args: boundArgs(args, pattern), at }, body: [...body] });
    if (literal.negated) continue;
    body.push(literal);
    for (const term of args) for (const variable of variableName(term)) bound.add(variable);
  }
  return collected.filter(
    ({ head, body: [first, ...others] }) => others.length > 0 || first?.kind !== "atom" || first.atom.name !== head.name,
  );
}

/** Always the literal with the most that is bound, so that few tuples are asked for; negated ones when all else is bound. */
function* inOrder(literals: readonly AtomLiteral[], bound: ReadonlySet<string>): Generator<AtomLiteral> {
  const rest = literals.filter(({ negated }) => !negated);
  while (rest.length > 0) {
    const counts = rest.map(({ atom }) => atom.args.filter((term) => isBound(term, bound)).length);
    const [next] = rest.splice(counts.indexOf(Math.max(...counts)), 1);
    if (next) yield next;
  }
  yield* literals.filter(({ negated }) => negated);
}

function isAtom(literal: Literal): literal is AtomLiteral {
  return literal.kind === "atom";
}

function isBound(term: Term, bound: ReadonlySet<string>): boolean {
  return term.kind === "const" || (term.kind === "var" && bound.has(term.name));
}

function boundArgs(args: readonly Term[], pattern: string): Term[] {
  return args.filter((_, column) => pattern[column] === "b");
}

function variableName(term: Term): string[] {
  return term.kind === "var" ? [term.name] : [];
}
