import fc from "fast-check";

/** A random program: rules as text over a few small relations, facts for all of them, and changes to make. */
export interface Scenario {
  readonly rules: readonly string[];
  readonly facts: readonly string[];
  readonly changes: readonly (readonly Change[])[];
}

export interface Change {
  readonly isAssert: boolean;
  readonly fact: string;
}

// Relations in layers: negation and aggregates look only down, recursion stays within a layer.
const LAYERS: readonly (readonly (readonly [string, number])[])[] = [
  [
    ["e", 2],
    ["f", 2],
    ["u", 1],
  ],
  [
    ["p", 2],
    ["q", 2],
    ["r", 1],
  ],
  [
    ["s", 2],
    ["t", 1],
    ["w", 3],
    ["z", 0],
  ],
  [
    ["v", 1],
    ["y", 2],
  ],
];
const VARIABLES = ["X", "Y", "Z", "W"];
const CONSTANTS = ["a", "b", "c", "1", "2", "3"];

const constant = fc.constantFrom(...CONSTANTS);
const variable = fc.constantFrom(...VARIABLES);
const argument = fc.oneof(
  { weight: 7, arbitrary: variable },
  { weight: 1, arbitrary: constant },
  { weight: 1, arbitrary: fc.constant("_") },
);

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  rules: fc.array(fc.integer({ min: 1, max: LAYERS.length - 1 }).chain(rule), { minLength: 1, maxLength: 8 }),
  facts: fc.array(fact(), { maxLength: 25 }),
  changes: fc.array(fc.array(fc.record({ isAssert: fc.boolean(), fact: fact() }), { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
});

/** A goal over any relation, with constants in some columns. */
export const goal: fc.Arbitrary<string> = fc
  .constantFrom(...LAYERS.flat())
  .chain(([name, arity]) =>
    fc
      .tuple(...Array.from({ length: arity }, (_, i) => fc.oneof(constant, fc.constant(VARIABLES[i] ?? "X"))))
      .map((args) => text(name, args)),
  );

function fact(): fc.Arbitrary<string> {
  return fc
    .constantFrom(...LAYERS.flat(), ...(LAYERS[0] ?? []), ...(LAYERS[0] ?? []))
    .chain(([name, arity]) => fc.tuple(...Array.from({ length: arity }, () => constant)).map((args) => text(name, args)));
}

function rule(layer: number): fc.Arbitrary<string> {
  const upTo = LAYERS.slice(0, layer + 1).flat();
  const below = LAYERS.slice(0, layer).flat();
  return fc
    .record({
      head: fc.constantFrom(...(LAYERS[layer] ?? [])),
      picks: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
      positive: fc.array(atom(upTo), { minLength: 1, maxLength: 3 }),
      others: fc.array(fc.oneof(negation(below), comparison(), computation(), aggregate(below)), { maxLength: 2 }),
      order: fc.boolean(),
    })
    .map(({ head: [name, arity], picks, positive, others, order }) => {
      const bound = [...new Set(positive.flatMap(variablesOf).concat(others.flatMap(results)))];
      const args = Array.from({ length: arity }, (_, i) => bound[(picks[i] ?? 0) % Math.max(1, bound.length)] ?? "a");
      const usable = others.map((literal) => replaceUnbound(literal, bound));
      const body = order ? [...positive, ...usable] : [...usable, ...positive];
      return `${text(name, args)} :- ${body.join(", ")}.`;
    });
}

function atom(relations: readonly (readonly [string, number])[]): fc.Arbitrary<string> {
  return fc
    .constantFrom(...relations)
    .chain(([name, arity]) => fc.tuple(...Array.from({ length: arity }, () => argument)).map((args) => text(name, args)));
}

function negation(relations: readonly (readonly [string, number])[]): fc.Arbitrary<string> {
  return atom(relations).map((inner) => `not ${inner}`);
}

function comparison(): fc.Arbitrary<string> {
  return fc
    .tuple(variable, fc.constantFrom("!=", "=", "==", "!=", "<"), fc.oneof(variable, constant))
    .map(([left, op, right]) => `${left} ${op} ${right}`);
}

function computation(): fc.Arbitrary<string> {
  return fc.tuple(variable, fc.constantFrom("1", "2")).map(([from, by]) => `N is (${from} + ${by}) mod 4`);
}

/** Groups by whatever of X and Y occurs outside as well. */
function aggregate(relations: readonly (readonly [string, number])[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom("count", "min", "max", "count", "sum", "findall"), variable, atom(relations), fc.option(atom(relations)))
    .map(([fn, of, first, second]) => {
      const goal = second ? `(${first}, ${second})` : first;
      const inside = variablesOf(goal);
      return `${fn}(M, ${inside.includes(of) ? of : (inside[0] ?? of)}, ${goal})`;
    });
}

function variablesOf(source: string): string[] {
  return source.match(/\b[XYZW]\b/g) ?? [];
}

function results(literal: string): string[] {
  return literal.match(/\b[MN]\b/g) ?? [];
}

/** A variable that no positive literal binds becomes one that is bound, inside aggregates excepted. */
function replaceUnbound(literal: string, bound: readonly string[]): string {
  if (results(literal).includes("M")) return literal;
  const known = bound.filter((name) => name.length === 1 && VARIABLES.includes(name));
  return literal.replace(/\b[XYZW]\b/g, (name) => (known.includes(name) ? name : (known[0] ?? "1")));
}

function text(name: string, args: readonly string[]): string {
  return args.length === 0 ? name : `${name}(${args.join(",")})`;
}
