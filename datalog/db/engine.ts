import type { Constant, Rule } from "../ast/ast.ts";

/** A ground tuple of a relation. key: `name/arity`. */
export interface Fact {
  readonly name: string;
  readonly key: string;
  readonly values: readonly Constant[];
}

/** What a change did to the model: net, nothing that came and went again. */
export interface Difference {
  readonly added: Changed;
  readonly removed: Changed;
}

/** Tuples that came or went; facts are made of them when someone asks. */
export interface Changed {
  readonly count: number;
  facts(): readonly Fact[];
}

export function changed(facts: readonly Fact[]): Changed {
  return { count: facts.length, facts: () => facts };
}

/**
 * What evaluates and keeps a model. Two implementations: the fast one, and the slow one that the fast one must agree with.
 * Every method that may fail (a limit, a division by zero) leaves the engine as it was before.
 */
export interface Engine {
  /** The model is complete for the rules and asserted facts as they stand. */
  readonly isSaturated: boolean;
  /** Replaces the rules; what was derived is gone until the next saturate. */
  setRules(rules: readonly Rule[]): void;
  /** Marks a tuple as asserted without maintaining the model. False: it was asserted already. */
  mark(fact: Fact): boolean;
  /** Marks many facts of the relation, as the reader of a file finds them; used up before the engine is asked anything else. */
  loader(name: string): FactLoader;
  isAsserted(fact: Fact): boolean;
  saturate(): void;
  /**
   * Maintains a saturated model under asserts and retracts of tuples; a tuple stands in one of the lists at most, once.
   * A model that was not computed is computed whole, of the asserted facts as they then stand.
   */
  change(asserts: readonly Fact[], retracts: readonly Fact[]): Difference;
  /** Is the tuple in the model as far as it is computed? */
  has(fact: Fact): boolean;
  /** Of a tuple in a saturated model: a number above those of the tuples of its own component that it was derived from. */
  rank(fact: Fact): number;
  /** A relation's tuples as far as computed. */
  tuples(key: string): Iterable<readonly Constant[]>;
  size(key: string): number;
  /** `name/arity` of every relation that has tuples. */
  keys(): string[];
  /** Distinct instances of the rule's head over the model as far as it is computed. */
  solve(rule: Rule): Constant[][];
  /** The same from the asserted facts alone, on demand: without deriving what the goal does not ask for. */
  demand(rule: Rule): Constant[][];
}

/** Takes facts field by field. */
export interface FactLoader {
  /** The next field of the tuple, these bytes of UTF-8: a number where it is written as one. */
  field(bytes: Uint8Array, from: number, to: number): void;
  /** The tuple is whole: it is asserted. */
  end(): void;
}

export interface Limits {
  /** Most tuples the database may hold, asserted and derived. */
  readonly facts: number;
  /** Most rounds of one saturation or change. */
  readonly iterations: number;
  /** Most milliseconds of one saturation, change or query. */
  readonly timeMs: number;
}

/** Hears of a saturation, change or query that takes longer than a second, once a second: tuples so far, and milliseconds. */
export type OnProgress = (facts: number, ms: number) => void;
