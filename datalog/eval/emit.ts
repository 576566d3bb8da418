import { type Constant, relationKey, type Term } from "../ast/ast.ts";
import { isHelper } from "../ast/names.ts";
import { literalVariables } from "../ast/variables.ts";
import type { CoreRule, GroupAggregate } from "../rewrite/aggregates.ts";
import { Relation } from "../store/relation.ts";
import type { Store } from "../store/store.ts";
import { accumulator } from "./aggregate.ts";
import type { Meter } from "./meter.ts";
import { Plan, type PlanRequest } from "./plan.ts";
import type { PairSink, Step, View } from "./steps.ts";

/** How to compile a rule: its body as a plan, its aggregate (if any) at the end, and what to do with each head. */
export interface RuleRequest extends Omit<PlanRequest, "body" | "emit"> {
  readonly rule: CoreRule;
  /** How the goal of an aggregate is read. */
  readonly goalView: View;
  /** Gets the head's tuple, the same array each time; true ends the run. */
  readonly use: (tuple: Int32Array) => boolean;
  /** use only appends to the head's relation, and this counts it. */
  readonly appends?: Meter;
}

/** Compiles a rule. */
export function planRule(request: RuleRequest): Plan {
  return new Plan({ ...request, body: request.rule.body, emit: (plan) => finish(plan, request) });
}

function finish(plan: Plan, request: RuleRequest): Step {
  const { rule, store, use, appends } = request;
  const { registers } = plan;
  const { args } = rule.head;
  const tuple = new Int32Array(args.length);
  const from = args.map((term) => plan.register(term));
  args.forEach((term, column) => {
    if (term.kind === "const") tuple[column] = store.constants.intern(term.value);
  });
  const columns = from.flatMap((register, column) => (args[column]?.kind === "var" && register >= 0 ? [[column, register] as const] : []));
  const compute = rule.aggregate ? groupValue(plan, rule.aggregate, request) : undefined;
  const [x, y] = columns;
  const to = Int32Array.from(columns, ([column]) => column);
  const registersOf = Int32Array.from(columns, ([, register]) => register);
  const relation = appends ? store.get(relationKey(rule.head)) : undefined;
  if (appends && relation?.isGrowing && x && y && !compute)
    return pairAppend(registers, { relation, meter: appends, counts: counted(relation), x: x[1], y: y[1] });
  return () => {
    for (let i = 0; i < to.length; i++) tuple[to[i] as number] = registers[registersOf[i] as number] as number;
    if (compute) {
      const value = compute();
      if (value === undefined) return false;
      tuple[tuple.length - 1] = store.constants.intern(value);
    }
    return use(tuple);
  };
}

function pairAppend(registers: Int32Array, sink: PairSink): Step {
  const { relation, meter, counts, x, y } = sink;
  const step = (): boolean => {
    meter.match();
    if (relation.addPair(registers[x] as number, registers[y] as number) && counts) meter.fact();
    return false;
  };
  return Object.assign(step, { appends: sink });
}

/** Helper relations and goals are not facts of the database. */
function counted({ key }: Relation): boolean {
  return !isHelper(key);
}

/** Appends each head to its relation. */
export function appending(rule: CoreRule, store: Store, meter: Meter): (tuple: Int32Array) => boolean {
  const relation = store.get(relationKey(rule.head));
  const counts = counted(relation);
  // A helper without columns has nothing more to find, unless a builtin might still find an error.
  const isOnce = relation.arity === 0 && !counts && rule.body.every((literal) => literal.kind === "atom");
  return (tuple) => {
    meter.match();
    if (relation.add(tuple) && counts) meter.fact();
    return isOnce;
  };
}

/** Computes an aggregate for the groups in the plan's registers. */
function groupValue(plan: Plan, aggregate: GroupAggregate, request: RuleRequest): () => Constant | undefined {
  const { store, goalView: view, problems, spend } = request;
  const { fn, of, groups, goal, at } = aggregate;
  let add: (value: Constant) => void = () => {};
  const isDistinct =
    (fn !== "sum" && fn !== "avg") ||
    goal.every((literal) => literal.kind === "compare" || literal.negated || !literal.atom.args.some(isAny));
  let isNew: (inner: Plan) => boolean = () => true;
  const inner = new Plan({
    body: goal,
    store,
    given: groups,
    start: undefined,
    view: () => view,
    growing: new Set(),
    problems,
    spend,
    emit: (self) => {
      const register = self.register({ kind: "var", name: of, at });
      return () => {
        if (isNew(self)) add(store.constants.value(self.registers[register] as number));
        return false;
      };
    },
  });
  const copies = groups.map((name) => [plan.register({ kind: "var", name, at }), inner.register({ kind: "var", name, at })] as const);
  const names = [...new Set(goal.flatMap(literalVariables))].map((name) => inner.register({ kind: "var", name, at }));
  return () => {
    const group = accumulator(fn, at);
    add = group.add;
    if (!isDistinct) isNew = distinctBy(names);
    for (const [outer, own] of copies) inner.registers[own] = plan.registers[outer] as number;
    inner.run();
    return group.value();
  };
}

function distinctBy(registers: readonly number[]): (plan: Plan) => boolean {
  const seen = new Relation("seen", registers.length);
  const tuple = new Int32Array(registers.length);
  return (plan) => {
    registers.forEach((register, i) => {
      tuple[i] = plan.registers[register] as number;
    });
    return seen.add(tuple);
  };
}

function isAny(term: Term): boolean {
  return term.kind === "any";
}
