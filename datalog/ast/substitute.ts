import type { Constant, Expression, Literal, Term } from "./ast.ts";

/** The literal with constants where its variables have values; the others stay variables. */
export function substitute(literal: Literal, values: ReadonlyMap<string, Constant>): Literal {
  const term = (one: Term): Term => {
    const value = one.kind === "var" ? values.get(one.name) : undefined;
    return value === undefined ? one : { kind: "const", value };
  };
  const expression = (one: Expression): Expression => (one.kind === "op" ? { ...one, args: one.args.map(expression) } : term(one));
  switch (literal.kind) {
    case "atom":
      return { ...literal, atom: { ...literal.atom, args: literal.atom.args.map(term) } };
    case "compare":
      return { ...literal, left: expression(literal.left), right: expression(literal.right) };
    case "aggregate":
      return { ...literal, result: term(literal.result), goal: literal.goal.map((inner) => substitute(inner, values)) };
  }
}
