import { checkRules } from "../analysis/check.ts";
import type { Rule } from "../ast/ast.ts";
import { parseProgram, parseRule } from "../parser/parser.ts";
import { type Db, type DbOptions, dlMakeDb, rebuilding } from "./db.ts";
import { atomFact, type FactInput, readFact } from "./input.ts";
import { rememberSource, sourceOf, withSource } from "./sources.ts";

/** Parses, checks and loads a program into a new database. Throws DatalogError with every mistake of the first stage that has one. */
export function dlProgram(source: string, options: DbOptions = {}): Db {
  const db = dlMakeDb(options);
  const { facts, rules, queries } = parseProgram(source);
  checkRules(rules, source);
  rememberSource(rules, source);
  db.rules = rules;
  db.engine.setRules(rules);
  for (const atom of facts) db.engine.mark(atomFact(atom));
  db.queries.push(...queries);
  return db;
}

/**
 * Adds a rule, text or parsed. A rule without body is a fact. The model is recomputed when it is next asked for; at once where
 * somebody listens, and a rule that leaves no model is refused then.
 */
export function dlAddRule(db: Db, input: string | Rule): void {
  const source = typeof input === "string" ? input : undefined;
  const rule = typeof input === "string" ? parseRule(input) : input;
  if (rule.body.length === 0 && rule.head.args.every((term) => term.kind === "const")) {
    db.engine.mark(atomFact(rule.head));
    return;
  }
  checkRules([rule], source);
  if (source !== undefined) rememberSource([rule], source);
  const rules = [...db.rules, rule];
  checkRules(rules, sourceOf); // a cycle that it closes may be shown in a rule of another source
  if (db.listeners.size > 0) {
    dlSaturate(db); // what waits is news of its own
    rebuilding(db, () => replaceRules(db, rules));
  } else useRules(db, rules);
}

function useRules(db: Db, rules: readonly Rule[]): void {
  db.rules = rules;
  db.engine.setRules(rules);
}

function replaceRules(db: Db, rules: readonly Rule[]): void {
  const before = db.rules;
  useRules(db, rules);
  try {
    withSource(() => db.engine.saturate());
  } catch (error) {
    useRules(db, before);
    db.engine.saturate();
    throw error;
  }
}

/** Marks a fact as asserted without maintaining the model, for loading many; the next question catches up. False: it was asserted already. */
export function dlAddFact(db: Db, input: FactInput): boolean {
  return db.engine.mark(readFact(input));
}

/** Computes the whole model now. Throws where a limit is exceeded or a builtin has no value; the database stays as it was. */
export function dlSaturate(db: Db): void {
  if (!db.engine.isSaturated) rebuilding(db, () => withSource(() => db.engine.saturate()));
}
