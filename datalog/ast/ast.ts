/** A constant: atoms, quoted atoms and strings are one kind (a JavaScript string); numbers are the other. */
export type Constant = string | number;

/** Where something begins in its source: offsets for slicing, line and column (both from 1) for people. */
export interface Place {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** `any` is the anonymous variable `_`; `param` is `$1`, which the caller's params replace before anything looks at it. */
export type Term =
  | { readonly kind: "const"; readonly value: Constant }
  | { readonly kind: "var"; readonly name: string; readonly at: Place }
  | { readonly kind: "any"; readonly at: Place }
  | { readonly kind: "param"; readonly index: number; readonly at: Place };

export type Operator = "+" | "-" | "*" | "/" | "//" | "mod" | "min" | "max" | "abs" | "neg";

/** Arithmetic over terms; a plain term is an expression too. */
export type Expression = Term | { readonly kind: "op"; readonly op: Operator; readonly args: readonly Expression[]; readonly at: Place };

export interface Atom {
  readonly name: string;
  readonly args: readonly Term[];
  readonly at: Place;
}

/** `=` may give a variable its value; `is` evaluates its right side; the others only compare. */
export type Comparison = "<" | "<=" | ">" | ">=" | "=" | "!=" | "==" | "is";

export type Aggregate = "count" | "sum" | "min" | "max" | "avg" | "findall";

export interface AtomLiteral {
  readonly kind: "atom";
  readonly negated: boolean;
  readonly atom: Atom;
}

export interface CompareLiteral {
  readonly kind: "compare";
  readonly op: Comparison;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: Place;
}

/** `count(N, X, goal)`: result N, one `of` for each binding of the goal. */
export interface AggregateLiteral {
  readonly kind: "aggregate";
  readonly fn: Aggregate;
  readonly result: Term;
  readonly of: Term;
  readonly goal: readonly Literal[];
  readonly at: Place;
}

export type Literal = AtomLiteral | CompareLiteral | AggregateLiteral;

/** A rule with an empty body is a fact once its head has no variables. */
export interface Rule {
  readonly head: Atom;
  readonly body: readonly Literal[];
}

export interface Program {
  readonly facts: readonly Atom[];
  readonly rules: readonly Rule[];
  readonly queries: readonly (readonly Literal[])[];
}

/** Same name with another number of arguments is another relation. */
export function relationKey(atom: { readonly name: string; readonly args: readonly unknown[] }): string {
  return `${atom.name}/${atom.args.length}`;
}
