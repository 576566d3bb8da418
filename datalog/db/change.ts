import { tupleText } from "../ast/constants.ts";
import { DatalogError } from "../errors.ts";
import { announce, type Db, type Listener } from "./db.ts";
import { changed, type Difference, type Fact } from "./engine.ts";
import { type FactInput, readFact } from "./input.ts";
import { dlSaturate } from "./program.ts";
import { withSource } from "./sources.ts";

/** What became of one assert or retract. */
export type Outcome =
  | "asserted" // new in the model, or so far only derived
  | "already-asserted" // nothing to do
  | "retracted" // was asserted, is no longer; `holds` says whether a rule still derives it
  | "only-derived" // nobody asserted it, so nothing was taken away; it still holds
  | "unknown"; // nobody asserted it and no rule derives it

export interface OpResult {
  readonly outcome: Outcome;
  /** In words, for people. */
  readonly message: string;
  /** Is the tuple in the model after the change? */
  readonly holds: boolean;
}

/** Tuples that came into and left the model, over all relations. */
export interface ChangeResult extends OpResult {
  readonly added: number;
  readonly removed: number;
}

export type Op = { readonly assert: FactInput } | { readonly retract: FactInput };

export interface TransactResult {
  readonly results: readonly OpResult[];
  readonly added: number;
  readonly removed: number;
}

/** Asserts a fact and maintains the model. */
export function dlAssert(db: Db, input: FactInput): ChangeResult {
  return single(dlTransact(db, [{ assert: input }]));
}

/** Takes back an assertion and maintains the model. What rules derive stays; retracting what nobody asserted changes nothing and says so. */
export function dlRetract(db: Db, input: FactInput): ChangeResult {
  return single(dlTransact(db, [{ retract: input }]));
}

/** Many asserts and retracts, in order, with one maintenance at the end: all of them, or none and an error. */
export function dlTransact(db: Db, ops: readonly Op[]): TransactResult {
  const steps = ops.map((op) =>
    "assert" in op ? { isAssert: true, fact: readFact(op.assert) } : { isAssert: false, fact: readFact(op.retract) },
  );
  const problem = saturationProblem(db);
  const outcomes: Outcome[] = [];
  const asserted = new Map<string, { fact: Fact; before: boolean; now: boolean }>();
  for (const { isAssert, fact } of steps) {
    const text = tupleText(fact.key, fact.values);
    const before = db.engine.isAsserted(fact);
    const state = asserted.get(text) ?? { fact, before, now: before };
    outcomes.push(outcome(isAssert, state.now, !state.before && db.engine.has(fact)));
    asserted.set(text, { ...state, now: isAssert });
  }
  const changes = [...asserted.values()].filter(({ before, now }) => before !== now);
  const asserts = changes.filter(({ now }) => now).map(({ fact }) => fact);
  const retracts = changes.filter(({ now }) => !now).map(({ fact }) => fact);
  if (problem && changes.length === 0) throw problem;
  const difference = changes.length > 0 ? withSource(() => db.engine.change(asserts, retracts)) : NOTHING;
  const results = steps.map(({ fact }, index) => describe(db, fact, outcomes[index] ?? "unknown"));
  announce(db, difference);
  return { results, added: difference.added.count, removed: difference.removed.count };
}

/**
 * Calls listener with the tuples that come and go in a relation (a name, or `name/arity`). Gives a function that ends it.
 * Computes the model first: what follows already is no news.
 */
export function dlSubscribe(db: Db, relation: string, listener: Listener): () => void {
  dlSaturate(db);
  const listeners = db.listeners.get(relation) ?? new Set();
  db.listeners.set(relation, listeners);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && db.listeners.get(relation) === listeners) db.listeners.delete(relation);
  };
}

/** Why there is no model of the facts as they stand: one of them may be what is about to be taken back. */
function saturationProblem(db: Db): DatalogError | undefined {
  try {
    dlSaturate(db);
  } catch (error) {
    if (error instanceof DatalogError) return error;
    throw error;
  }
  return undefined;
}

const NOTHING: Difference = { added: changed([]), removed: changed([]) };

function outcome(isAssert: boolean, isAsserted: boolean, isDerived: boolean): Outcome {
  if (isAssert) return isAsserted ? "already-asserted" : "asserted";
  if (isAsserted) return "retracted";
  return isDerived ? "only-derived" : "unknown";
}

function describe(db: Db, fact: Fact, before: Outcome): OpResult {
  const holds = db.engine.has(fact);
  // What another part of the transaction made rules derive, or what lost its own assertion in it, is known only now.
  const what = before === "unknown" && holds && !db.engine.isAsserted(fact) ? "only-derived" : before;
  const text = tupleText(fact.name, fact.values);
  const messages: Record<Outcome, string> = {
    asserted: `${text} is asserted.`,
    "already-asserted": `${text} was asserted already.`,
    retracted: holds ? `${text} is no longer asserted; it still holds, because rules derive it.` : `${text} is retracted.`,
    "only-derived": `${text} is derived, not asserted: nothing was retracted.`,
    unknown: `${text} was never asserted: nothing was retracted.`,
  };
  return { outcome: what, message: messages[what], holds };
}

function single({ results, added, removed }: TransactResult): ChangeResult {
  const [result] = results;
  if (!result) throw new TypeError("A change of one fact has one result.");
  return { ...result, added, removed };
}
