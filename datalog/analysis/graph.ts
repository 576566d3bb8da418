import { type Literal, type Place, type Rule, relationKey } from "../ast/ast.ts";
import type { Mistake } from "../errors.ts";

/** body feeds head; `strict` when it must be complete first: negation, or the goal of an aggregate. */
export interface Dependency {
  readonly head: string;
  readonly body: string;
  readonly strict: "no" | "negation" | "aggregate";
  readonly at: Place;
}

/** Relations that depend on each other, and everything below comes earlier in the list. */
export type Component = readonly string[];

/** The components of the rules' dependency graph, lowest first (Tarjan 1972). Relations without rules are in none. */
export function components(rules: readonly Rule[]): Component[] {
  const needs = new Map<string, Set<string>>();
  for (const rule of rules) needs.set(relationKey(rule.head), new Set());
  for (const { head, body } of dependencies(rules)) if (needs.has(body)) needs.get(head)?.add(body);
  return sortComponents(needs);
}

/** Negation or aggregation inside a component has no stratified meaning; names the cycle. */
export function stratificationMistakes(rules: readonly Rule[]): Mistake[] {
  const place = new Map<string, number>();
  components(rules).forEach((component, index) => {
    for (const key of component) place.set(key, index);
  });
  const edges = dependencies(rules);
  const mistakes: Mistake[] = [];
  for (const edge of edges) {
    if (edge.strict === "no" || place.get(edge.head) === undefined || place.get(edge.head) !== place.get(edge.body)) continue;
    const way = cycle(edges, edge).join(" <- ");
    const what = edge.strict === "negation" ? "its own negation" : "an aggregate over itself";
    mistakes.push({ code: "unstratifiable", message: `${edge.head} depends on ${what}: ${way}.`, at: edge.at });
  }
  return mistakes;
}

function dependencies(rules: readonly Rule[]): Dependency[] {
  return rules.flatMap((rule) => {
    const head = relationKey(rule.head);
    return rule.body.flatMap((literal) => literalDependencies(head, literal));
  });
}

function literalDependencies(head: string, literal: Literal): Dependency[] {
  if (literal.kind === "compare") return [];
  if (literal.kind === "aggregate") {
    const inner = literal.goal.flatMap((goal) => literalDependencies(head, goal));
    return inner.map((dependency) => ({ ...dependency, strict: "aggregate" }));
  }
  const { atom, negated } = literal;
  return [{ head, body: relationKey(atom), strict: negated ? "negation" : "no", at: atom.at }];
}

/** A shortest way from the edge's body back up to its head, told as `head <- not body <- … <- head`. */
function cycle(edges: readonly Dependency[], edge: Dependency): string[] {
  const from = new Map<string, string>();
  const queue = [edge.body];
  for (const key of queue) {
    if (key === edge.head) break;
    for (const next of edges) {
      if (next.head !== key || from.has(next.body) || next.body === edge.body) continue;
      from.set(next.body, key);
      queue.push(next.body);
    }
  }
  const way = [edge.head];
  for (let key = from.get(edge.head); key !== undefined; key = from.get(key)) way.unshift(key);
  if (way[0] !== edge.body) way.unshift(edge.body);
  const [first, ...rest] = way;
  const mark = edge.strict === "negation" ? `not ${first}` : `${first} (aggregate)`;
  return edge.head === edge.body ? [edge.head, mark] : [edge.head, mark, ...rest];
}

function sortComponents(needs: ReadonlyMap<string, ReadonlySet<string>>): Component[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const done = new Set<string>();
  const result: Component[] = [];
  for (const root of needs.keys()) {
    if (index.has(root)) continue;
    // An explicit stack: a chain of ten thousand relations is no reason to overflow the machine's.
    const walk = [{ key: root, rest: [...(needs.get(root) ?? [])] }];
    open(root);
    while (walk.length > 0) {
      const top = walk[walk.length - 1];
      if (!top) break;
      const next = top.rest.pop();
      if (next !== undefined) {
        if (!index.has(next)) {
          open(next);
          walk.push({ key: next, rest: [...(needs.get(next) ?? [])] });
        } else if (!done.has(next)) {
          lower(top.key, index.get(next));
        }
        continue;
      }
      walk.pop();
      if (low.get(top.key) === index.get(top.key)) close(top.key);
      const parent = walk[walk.length - 1];
      if (parent) lower(parent.key, low.get(top.key));
    }
  }
  return result;

  function open(key: string): void {
    index.set(key, index.size);
    low.set(key, index.size - 1);
    stack.push(key);
  }
  function lower(key: string, to: number | undefined): void {
    if (to !== undefined && to < (low.get(key) ?? 0)) low.set(key, to);
  }
  function close(key: string): void {
    const component = stack.splice(stack.lastIndexOf(key));
    for (const member of component) done.add(member);
    result.push(component);
  }
}
