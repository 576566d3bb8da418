import { assigned, isBound } from "../analysis/order.ts";
import { type CompareLiteral, type Constant, type Expression, relationKey, type Term } from "../ast/ast.ts";
import { literalVariables } from "../ast/variables.ts";
import type { CoreLiteral } from "../rewrite/aggregates.ts";
import type { Store } from "../store/store.ts";
import { BuiltinError, evaluate, holds } from "./arithmetic.ts";
import { type Bindings, solve } from "./naive.ts";
import { type AtomStep, atomStep, type Frame, rangeJoin, type Step, startStep, type View } from "./steps.ts";

/** What to join, and how each literal is read. */
export interface PlanRequest {
  readonly body: readonly CoreLiteral[];
  readonly store: Store;
  /** Variables that have their value before the plan runs. */
  readonly given: readonly string[];
  /** Position of the literal read from `plan.source`, the delta; a negated one stands for the tuples it does not hold for. */
  readonly start: number | undefined;
  /** The start literal keeps its place in the order and reads, of the rows that fit, those in the source's range. */
  readonly isRanged?: boolean;
  readonly view: (position: number) => View;
  /** Keys of relations that still grow: their size says nothing yet. */
  readonly growing: ReadonlySet<string>;
  /** A builtin without value: not a match, or (confirm) an error if the rest of the body holds. */
  readonly problems: "ignore" | "confirm";
  /** Told how many rows a loop is about to look at, matches or not; throws where the time is up. */
  readonly spend: (rows: number) => void;
  /** Called for each match with the plan's registers full; true ends the run. */
  readonly emit: (plan: Plan) => Step;
}

/** A compiled body: a chain of loops over registers, each of which calls the next. */
export class Plan implements Frame {
  readonly registers: Int32Array;
  readonly source: Frame["source"] = { list: undefined, from: 0, to: 0 };
  limit = 0;
  noted = Number.NEGATIVE_INFINITY;
  private readonly names = new Map<string, number>();
  private readonly first: Step;
  private readonly refreshers: (() => void)[] = [];
  /** Rows expected from each step for one row of the step before it, first to last. */
  private readonly fanouts: (() => number)[] = [];

  constructor(request: PlanRequest) {
    const { body, store } = request;
    for (const name of [...request.given, ...body.flatMap(literalVariables)]) this.names.set(name, this.names.get(name) ?? this.names.size);
    const constants = body.flatMap(termsOf).filter((term) => term.kind === "const");
    this.registers = new Int32Array(this.names.size + constants.length);
    for (const term of constants) {
      const key = constantKey(term.value);
      const register = this.names.get(key) ?? this.names.size;
      this.names.set(key, register);
      this.registers[register] = store.constants.intern(term.value);
    }
    this.first = this.link(request, orderLiterals(request));
  }

  run(): boolean {
    for (const refresh of this.refreshers) refresh();
    return this.first();
  }

  /** Rows that a run is expected to look at. */
  estimate(): number {
    let rows = 1;
    let sum = 0;
    for (const fanout of this.fanouts) {
      rows *= fanout();
      sum += rows;
    }
    return sum;
  }

  /** Runs over a list of the start literal's rows, or (no list) over a range of them. */
  runOver(list: Int32Array | undefined, from: number, to: number): boolean {
    this.source.list = list;
    this.source.from = from;
    this.source.to = to;
    return from < to && this.run();
  }

  register(term: Term): number {
    const key = term.kind === "const" ? constantKey(term.value) : term.kind === "var" ? term.name : "";
    return this.names.get(key) ?? -1;
  }

  private link(request: PlanRequest, order: readonly Ordered[]): Step {
    let next = request.emit(this);
    for (const ordered of [...order].reverse()) next = this.step(request, ordered, next);
    return next;
  }

  private step(request: PlanRequest, { position, literal, bound }: Ordered, next: Step): Step {
    if (literal.kind === "compare") return this.compareStep(request, literal, bound, next);
    const isStart = position === request.start;
    const relation = request.store.get(relationKey(literal.atom));
    const shape: AtomStep = {
      plan: this,
      relation,
      isNegated: literal.negated,
      view: request.view(position),
      spend: request.spend,
      ...this.columns(literal.atom.args, bound),
      next,
    };
    if (request.isRanged && isStart) return this.rangedStep(shape);
    if (isStart && !shape.isNegated) {
      this.fanouts.unshift(() => this.source.to - this.source.from);
      return startStep(shape);
    }
    return atomStep(shape, this.refreshers, this.fanouts);
  }

  private rangedStep(shape: AtomStep): Step {
    const { keys, relation } = shape;
    if (keys.length > 0 && keys.length < relation.arity) return rangeJoin(shape, this.refreshers, this.fanouts);
    // Membership knows no rows: such a plan would look at everything again, and is never worth it.
    this.fanouts.unshift(() => (keys.length === 0 ? this.source.to - this.source.from : Number.POSITIVE_INFINITY));
    return keys.length === 0 ? startStep(shape) : shape.next;
  }

  /** Which columns are known, which give a register its value, and which must repeat another column of the same atom. */
  private columns(args: readonly Term[], bound: ReadonlySet<string>): Pick<AtomStep, "keys" | "outs" | "same"> {
    const keys: [number, number][] = [];
    const outs: [number, number][] = [];
    const same: [number, number][] = [];
    args.forEach((term, column) => {
      if (term.kind === "any") return;
      const register = this.register(term);
      const earlier = outs.find(([, out]) => out === register);
      if (term.kind === "const" || (term.kind === "var" && bound.has(term.name))) keys.push([column, register]);
      else if (earlier) same.push([column, earlier[0]]);
      else outs.push([column, register]);
    });
    return { keys, outs, same };
  }

  private compareStep(
    request: PlanRequest,
    literal: CompareLiteral & { isLenient?: boolean },
    bound: ReadonlySet<string>,
    next: Step,
  ): Step {
    const { registers } = this;
    const { constants } = request.store;
    const { op, left, right, at } = literal;
    const isPlain = left.kind !== "op" && right.kind !== "op";
    const target = assigned(literal, bound);
    if (isPlain && !target && (op === "!=" || op === "=" || op === "==")) {
      const [a, b] = [this.register(left), this.register(right)];
      return op === "!=" ? () => registers[a] !== registers[b] && next() : () => registers[a] === registers[b] && next();
    }
    const lookup = (name: string): Constant => constants.value(registers[this.names.get(name) ?? 0] as number);
    const test = (): boolean => {
      if (!target) return holds(op, evaluate(left, lookup), evaluate(right, lookup), at);
      registers[this.names.get(target.name) ?? 0] = constants.intern(evaluate(target.from, lookup));
      return true;
    };
    return () => {
      let isTrue = false;
      try {
        isTrue = test();
      } catch (error) {
        if (!(error instanceof BuiltinError)) throw error;
        if (literal.isLenient && !target) isTrue = true;
        else if (request.problems === "confirm") this.confirm(request, bound);
      }
      return isTrue && next();
    };
  }

  /** Throws the problem unless another literal of the body is false: then nobody asked for the value. */
  private confirm({ body, store }: PlanRequest, bound: ReadonlySet<string>): void {
    const bindings: Bindings = new Map();
    for (const name of bound) bindings.set(name, store.constants.value(this.registers[this.names.get(name) ?? 0] as number));
    const facts = { tuples: (key: string) => store.tuples(key), add: () => false };
    const head = { name: "", args: [], at: { offset: 0, line: 1, column: 1 } };
    solve({ head, body }, facts, bindings).next();
  }
}

interface Ordered {
  readonly position: number;
  readonly literal: CoreLiteral;
  /** Variables bound before it. */
  readonly bound: ReadonlySet<string>;
}

/**
 * Orders a body: the start literal, then always what only tests or computes, as soon as it can be; then the atom that is
 * expected to match least, by the size of its relation and how many of its columns are bound.
 */
function orderLiterals({ body, given, start, isRanged, store, growing }: PlanRequest): Ordered[] {
  const bound = new Set(given);
  const order: Ordered[] = [];
  const rest = new Map(body.entries());
  const take = (position: number, literal: CoreLiteral): void => {
    order.push({ position, literal, bound: new Set(bound) });
    rest.delete(position);
    for (const name of literalVariables(literal)) bound.add(name);
  };
  const first = start === undefined || isRanged ? undefined : body[start];
  if (first?.kind === "atom" && start !== undefined) {
    take(start, { ...first, negated: false });
    // What a negated literal lost may still be denied by another tuple (`_`): it is looked at as well.
    if (first.negated) rest.set(start, first);
  }
  while (rest.size > 0) {
    const ready = [...rest].find(([, literal]) => isReady(literal, bound));
    if (ready) take(...ready);
    else {
      const cost = ([, literal]: [number, CoreLiteral]): number => atomCost(literal, bound, store, growing);
      const [best] = [...rest].sort((a, b) => cost(a) - cost(b) || a[0] - b[0]);
      if (best) take(...best);
    }
  }
  return order.map((one) =>
    one.position === start && one.literal.kind === "atom" && one.literal.negated ? { ...one, position: -1 - one.position } : one,
  );
}

function isReady(literal: CoreLiteral, bound: ReadonlySet<string>): boolean {
  if (literal.kind === "compare")
    return assigned(literal, bound) !== undefined || (isBound(literal.left, bound) && isBound(literal.right, bound));
  return literal.negated && literalVariables(literal).every((name) => bound.has(name));
}

const UNKNOWN_SIZE = 1e6;
/** Nothing bound: a product with everything so far. */
const PRODUCT = 1e3;

function atomCost(literal: CoreLiteral, bound: ReadonlySet<string>, store: Store, growing: ReadonlySet<string>): number {
  if (literal.kind === "compare" || literal.negated) return Number.MAX_VALUE;
  const key = relationKey(literal.atom);
  const size = growing.has(key) ? UNKNOWN_SIZE : store.get(key).count + 1;
  const { args } = literal.atom;
  const known = args.filter((term) => term.kind === "const" || (term.kind === "var" && bound.has(term.name))).length;
  if (known === args.length) return 0;
  return known === 0 ? size * (bound.size > 0 ? PRODUCT : 1) : size ** (1 - known / args.length);
}

function termsOf(literal: CoreLiteral): Term[] {
  if (literal.kind === "atom") return [...literal.atom.args];
  return [literal.left, literal.right].flatMap(termsIn);
}

function termsIn(expression: Expression): Term[] {
  return expression.kind === "op" ? expression.args.flatMap(termsIn) : [expression];
}

/** Constants share the names' table; no variable's name begins with a space. */
function constantKey(value: Constant): string {
  return typeof value === "number" ? ` ${value}` : ` "${value}`;
}
