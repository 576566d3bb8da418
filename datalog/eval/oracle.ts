import type { Constant, Rule } from "../ast/ast.ts";
import { tupleText } from "../ast/constants.ts";
import { changed, type Difference, type Engine, type Fact, type FactLoader, type Limits } from "../db/engine.ts";
import { MarkLoader } from "../db/fact-loader.ts";
import { DatalogError, fail } from "../errors.ts";
import { BuiltinError } from "./arithmetic.ts";
import { instance, saturateNaively, solve } from "./naive.ts";

type Tuples = Map<string, readonly Constant[]>;

/** Naive evaluation over plain maps, recomputed from the asserted facts after every change: nothing here is clever. */
export class OracleEngine implements Engine {
  isSaturated = false;
  private rules: readonly Rule[] = [];
  private asserted = new Map<string, Tuples>();
  private model = new Map<string, Tuples>();
  private ranks = new Map<string, number>();
  private readonly limits: Limits;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  setRules(rules: readonly Rule[]): void {
    this.rules = rules;
    this.isSaturated = false;
    this.model = copy(this.asserted);
  }

  mark(fact: Fact): boolean {
    if (this.isAsserted(fact)) return false;
    if (!this.has(fact)) this.admit(sizeOf(this.model) + 1);
    put(this.asserted, fact.key, fact.values);
    put(this.model, fact.key, fact.values);
    this.isSaturated = false;
    return true;
  }

  loader(name: string): FactLoader {
    return new MarkLoader(name, this);
  }

  isAsserted(fact: Fact): boolean {
    return this.asserted.get(fact.key)?.has(tupleText("", fact.values)) ?? false;
  }

  saturate(): void {
    if (this.isSaturated) return;
    this.model = this.compute();
    this.isSaturated = true;
  }

  change(asserts: readonly Fact[], retracts: readonly Fact[]): Difference {
    const before = { asserted: copy(this.asserted), model: this.model };
    for (const fact of asserts) put(this.asserted, fact.key, fact.values);
    for (const fact of retracts) this.asserted.get(fact.key)?.delete(tupleText("", fact.values));
    try {
      this.model = this.compute();
      this.isSaturated = true;
    } catch (error) {
      this.asserted = before.asserted;
      throw error;
    }
    return { added: changed(missing(this.model, before.model)), removed: changed(missing(before.model, this.model)) };
  }

  has(fact: Fact): boolean {
    return this.model.get(fact.key)?.has(tupleText("", fact.values)) ?? false;
  }

  rank(fact: Fact): number {
    return this.ranks.get(tupleText(fact.key, fact.values)) ?? 0;
  }

  tuples(key: string): Iterable<readonly Constant[]> {
    return [...(this.model.get(key)?.values() ?? [])].map((values) => [...values]); // the caller's, whatever becomes of them
  }

  size(key: string): number {
    return this.model.get(key)?.size ?? 0;
  }

  keys(): string[] {
    return [...this.model].filter(([, tuples]) => tuples.size > 0).map(([key]) => key);
  }

  solve(rule: Rule): Constant[][] {
    return answers(rule, this.model);
  }

  demand(rule: Rule): Constant[][] {
    return answers(rule, this.compute());
  }

  private compute(): Map<string, Tuples> {
    const model = copy(this.asserted);
    const ranks = new Map<string, number>();
    const began = performance.now();
    let size = sizeOf(model);
    this.admit(size);
    const add = (key: string, values: readonly Constant[]): boolean => {
      if (!put(model, key, values)) return false;
      ranks.set(tupleText(key, values), ranks.size + 1);
      this.admit(++size);
      if (performance.now() - began > this.limits.timeMs) fail("limit-exceeded", `More than ${this.limits.timeMs} ms.`);
      return true;
    };
    told(() => saturateNaively(this.rules, { tuples: (key) => [...(model.get(key)?.values() ?? [])], add }));
    this.ranks = ranks;
    return model;
  }

  private admit(size: number): void {
    if (size > this.limits.facts) fail("limit-exceeded", `More than ${this.limits.facts} facts.`);
  }
}

/** Runs work; a builtin without a value becomes the error its caller is told. */
export function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof BuiltinError) throw new DatalogError([error.mistake]);
    throw error;
  }
}

function answers(rule: Rule, model: Map<string, Tuples>): Constant[][] {
  const found = new Map<string, Constant[]>();
  const facts = { tuples: (key: string) => model.get(key)?.values() ?? [], add: () => false };
  told(() => {
    for (const bindings of solve(rule, facts)) {
      const values = instance(rule.head, bindings);
      found.set(tupleText("", values), values);
    }
  });
  return [...found.values()];
}

function put(model: Map<string, Tuples>, key: string, values: readonly Constant[]): boolean {
  const tuples = model.get(key) ?? new Map<string, readonly Constant[]>();
  model.set(key, tuples);
  const text = tupleText("", values);
  if (tuples.has(text)) return false;
  tuples.set(text, values);
  return true;
}

function sizeOf(model: Map<string, Tuples>): number {
  return [...model.values()].reduce((sum, tuples) => sum + tuples.size, 0);
}

function copy(model: Map<string, Tuples>): Map<string, Tuples> {
  return new Map([...model].map(([key, tuples]) => [key, new Map(tuples)]));
}

function missing(from: Map<string, Tuples>, than: Map<string, Tuples>): Fact[] {
  return [...from].flatMap(([key, tuples]) => {
    const name = key.slice(0, key.lastIndexOf("/"));
    return [...tuples].filter(([text]) => !than.get(key)?.has(text)).map(([, values]) => ({ name, key, values: [...values] }));
  });
}
