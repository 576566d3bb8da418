import fc from "fast-check";

/** The same text for two engines: in our dialect, and in gringo's. */
export interface Both {
  readonly ours: string;
  readonly theirs: string;
}

/** A program without facts, and transactions to make one after the other; the first one loads it. */
export interface Story {
  readonly rules: readonly Both[];
  readonly transactions: readonly (readonly Change[])[];
  readonly goals: readonly Atom[];
}

export interface Change {
  readonly isAssert: boolean;
  readonly fact: string;
}

/** A relation and its arguments: constants, variables or `_`. */
export interface Atom {
  readonly name: string;
  readonly args: readonly string[];
}

interface Relation {
  readonly name: string;
  readonly arity: number;
}

/** What a program talks about. Rules of a layer use its own relations and those below; negation and aggregates only those below. */
interface World {
  readonly layers: readonly (readonly Relation[])[];
  readonly constants: readonly string[];
  readonly isNumeric: boolean;
  /** A count among names has no order with them, which gringo knows not: such a world has no `<`. */
  readonly hasAggregates: boolean;
}

const VARIABLES = ["X", "Y", "Z", "W"];
/** Of the first aggregate of a body, and of the second. */
const RESULTS = ["M", "K"];
const BASE: readonly Relation[] = [
  { name: "e", arity: 2 },
  { name: "f", arity: 1 },
  { name: "g", arity: 3 },
];
const DERIVED: readonly Relation[] = [
  { name: "p", arity: 2 },
  { name: "q", arity: 2 },
  { name: "r", arity: 1 },
  { name: "s", arity: 1 },
  { name: "p", arity: 3 },
  { name: "t", arity: 0 },
  { name: "v", arity: 2 },
];

export const story: fc.Arbitrary<Story> = fc
  .tuple(
    fc.constantFrom("numbers", "names", "counted names"),
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: DERIVED.length, maxLength: DERIVED.length }),
  )
  .chain(([kind, levels]) => {
    const layers = [BASE, ...[1, 2, 3].map((level) => DERIVED.filter((_, index) => levels[index] === level))];
    const isNumeric = kind === "numbers";
    const constants = isNumeric ? ["-1", "0", "1", "2", "3"] : ["a", "b", "c", "d", "h"];
    return storyOf({ layers, constants, isNumeric, hasAggregates: kind !== "names" });
  });

export function atomText({ name, args }: Atom): string {
  return args.length === 0 ? name : `${name}(${args.join(",")})`;
}

/** The text with every relation's name begun differently, so that copies of a program can stand side by side. */
export function withNames(begin: string, text: string): string {
  return text.replace(/\b[efgpqrstv]\b/g, (name) => `${begin}${name}`);
}

function storyOf(world: World): fc.Arbitrary<Story> {
  const relations = world.layers.flat();
  const constant = fc.constantFrom(...world.constants);
  // Mostly links: a program whose every relation is full derives nothing that shows, nor does one without facts.
  const [links] = BASE;
  const fact = fc
    .constantFrom(...(links ? [links, links, links, links, links, links] : []), ...BASE, ...relations)
    .chain((relation) => atom(relation, constant));
  const change = fc.record({ isAssert: fc.boolean(), fact: fact.map(atomText) });
  const load = fc.array(fact.map(atomText), { minLength: 8, maxLength: 30 });
  const transactions = load.chain((facts) => {
    const back = fc.constantFrom(...facts).map((one) => ({ isAssert: false, fact: one }));
    const later = fc.array(fc.array(fc.oneof(change, back), { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 12 });
    return later.map((rest) => [facts.map((one) => ({ isAssert: true, fact: one })), ...rest]);
  });
  return fc.record({
    rules: fc.array(rule(world), { minLength: 3, maxLength: 10 }),
    transactions,
    goals: fc.array(
      fc.constantFrom(...relations).chain((relation) => atom(relation, fc.oneof(constant, fc.constantFrom("X", "Y", "_")))),
      { minLength: 2, maxLength: 4 },
    ),
  });
}

function atom({ name, arity }: Relation, argument: fc.Arbitrary<string>): fc.Arbitrary<Atom> {
  return fc.array(argument, { minLength: arity, maxLength: arity }).map((args) => ({ name, args }));
}

function rule(world: World): fc.Arbitrary<Both> {
  const heads = world.layers
    .flatMap((relations, level) => relations.map((relation) => ({ relation, level })))
    .filter(({ level }) => level > 0);
  return fc.constantFrom(...heads).chain(({ relation, level }) => {
    const upTo = world.layers.slice(0, level + 1).flat();
    const below = world.layers.slice(0, level).flat();
    const own = world.layers[level] ?? [];
    const argument = fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...VARIABLES) },
      { weight: 1, arbitrary: fc.constantFrom(...world.constants) },
      { weight: 1, arbitrary: fc.constant("_") },
    );
    const anAtom = (from: readonly Relation[]) => fc.constantFrom(...from).chain((one) => atom(one, argument));
    return fc
      .record({
        positive: fc.oneof(
          { weight: 2, arbitrary: chain([...BASE, ...upTo, ...own]) },
          { weight: 1, arbitrary: fc.array(anAtom([...BASE, ...upTo, ...own]), { minLength: 1, maxLength: 3 }) },
        ),
        negated: rarely(anAtom(below)),
        tests: rarely(comparison(world)),
        computed: fc.array(computation(), { maxLength: world.isNumeric ? 1 : 0 }),
        aggregates: world.hasAggregates ? rarely(aggregate(world, anAtom(below))) : fc.constant([]),
        picks: fc.array(fc.nat(), { minLength: relation.arity, maxLength: relation.arity }),
        isReversed: fc.boolean(),
      })
      .map((parts) => write(relation, world, parts));
  });
}

function rarely<T>(literal: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<T[]>([]) },
    { weight: 2, arbitrary: fc.array(literal, { minLength: 1, maxLength: 2 }) },
  );
}

/** Bodies as people write them: `p(X, Z), q(Z, Y)`. At random most bodies hold nowhere, and nothing recurs. */
function chain(relations: readonly Relation[]): fc.Arbitrary<Atom[]> {
  const pairs = relations.filter(({ arity }) => arity === 2);
  const ways = [["XY"], ["YX"], ["XZ", "ZY"], ["XZ", "YZ"], ["XY", "YX"], ["XZ", "ZW", "WY"]];
  return fc
    .tuple(fc.constantFrom(...ways), fc.array(fc.constantFrom(...pairs), { minLength: 3, maxLength: 3 }))
    .map(([way, chosen]) => way.map((args, index) => ({ name: chosen[index]?.name ?? "e", args: [...args] })));
}

interface Parts {
  readonly positive: readonly Atom[];
  readonly negated: readonly Atom[];
  readonly tests: readonly Both[];
  readonly computed: readonly Both[];
  readonly aggregates: readonly Aggregate[];
  readonly picks: readonly number[];
  readonly isReversed: boolean;
}

/** Variables that no positive atom binds become some that one does, so that every rule is safe. */
function write({ name, arity }: Relation, world: World, parts: Parts): Both {
  const { positive, negated, tests, computed, aggregates, picks, isReversed } = parts;
  const bound = variablesOf(positive);
  const spare = bound[0] ?? world.constants[0] ?? "a";
  const safe = (text: string): string => text.replace(/\b[XYZW]\b/g, (variable) => (bound.includes(variable) ? variable : spare));
  const safeBoth = ({ ours, theirs }: Both): Both => ({ ours: safe(ours), theirs: safe(theirs) });
  const computes = bound.length > 0 ? computed : [];
  const values = [
    ...bound,
    ...computes.map(() => "N"),
    ...aggregates.flatMap(({ goal }, index) => [RESULTS[index] ?? "M", ...variablesOf(goal)]),
  ];
  const args = Array.from({ length: arity }, (_, column) => values[(picks[column] ?? 0) % values.length] ?? spare);
  const body = [
    ...positive.map((one) => same(atomText(one))),
    ...negated.map((one) => same(`not ${safe(atomText(one))}`)),
    ...[...tests, ...computes].map(safeBoth),
    ...aggregates.map((one, index) => aggregateText(one, index, { bound, head: args })),
  ];
  if (isReversed) body.reverse();
  const head = atomText({ name, args });
  return {
    ours: `${head} :- ${body.map(({ ours }) => ours).join(", ")}.`,
    theirs: `${head} :- ${body.map(({ theirs }) => theirs).join(", ")}.`,
  };
}

function same(text: string): Both {
  return { ours: text, theirs: text };
}

function comparison({ constants, isNumeric, hasAggregates }: World): fc.Arbitrary<Both> {
  return fc
    .tuple(
      fc.constantFrom(...VARIABLES),
      fc.constantFrom("!=", "=", ...(isNumeric || !hasAggregates ? ["<", "<=", ">", ">="] : [])),
      fc.oneof(fc.constantFrom(...VARIABLES), fc.constantFrom(...constants)),
    )
    .map(([left, op, right]) => ({ ours: `${left} ${op} ${right}`, theirs: `${left} ${op} ${right}` }));
}

/** Results stay among the constants of a numeric world, so that nothing grows for ever. */
function computation(): fc.Arbitrary<Both> {
  return fc
    .tuple(fc.constantFrom("+", "-", "*"), fc.constantFrom(...VARIABLES), fc.oneof(fc.constantFrom(...VARIABLES), fc.constant("2")))
    .map(([op, left, right]) => ({
      ours: `N is (${left} ${op} ${right} + 10000) mod 5`,
      theirs: `N = (${left} ${op} ${right} + 10000) \\ 5`,
    }));
}

interface Aggregate {
  readonly fn: "count" | "sum" | "min" | "max";
  readonly of: number;
  readonly goal: readonly Atom[];
}

/** Its goal has a variable to range over. */
function aggregate({ isNumeric }: World, goal: fc.Arbitrary<Atom>): fc.Arbitrary<Aggregate> {
  return fc.record({
    fn: fc.constantFrom(...(["count", "min", "max", ...(isNumeric ? ["sum" as const] : [])] as const)),
    of: fc.nat(),
    goal: fc.array(goal, { minLength: 1, maxLength: 2 }).filter((atoms) => variablesOf(atoms).length > 0),
  });
}

/**
 * gringo groups by the variables that occur outside too, but wants them bound there. Groups that only the goal binds are those
 * the goal has: theirs says the goal once more for them, with its own variables renamed.
 */
function aggregateText(
  { fn, of, goal }: Aggregate,
  index: number,
  { bound, head }: { bound: readonly string[]; head: readonly string[] },
): Both {
  const text = goal.map(atomText).join(", ");
  const named = variablesOf(goal);
  const result = RESULTS[index] ?? "M";
  const range = named[of % named.length] ?? "X";
  const elements = fn === "sum" ? [range, ...named] : [range];
  const empty = fn === "min" ? `, ${result} != #sup` : fn === "max" ? `, ${result} != #inf` : "";
  const isGrouped = named.every((name) => bound.includes(name) || !head.includes(name));
  const isOwn = (name: string): boolean => !bound.includes(name) && !head.includes(name);
  const again = text.replace(/\b[XYZW]\b/g, (name) => (isOwn(name) ? `${name}${index}` : name));
  return {
    ours: `${fn}(${result}, ${range}, (${text}))`,
    theirs: `${result} = #${fn} { ${elements.join(",")} : ${text} }${empty}${isGrouped ? "" : `, ${again}`}`,
  };
}

function variablesOf(atoms: readonly Atom[]): string[] {
  return [...new Set(atoms.flatMap(({ args }) => args.filter((one) => VARIABLES.includes(one))))];
}
