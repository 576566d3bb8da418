/** The whole face of the engine. README.md teaches it. */
export type { Constant, Rule } from "./ast/ast.ts";
export { constantText as dlConstantText, tupleText as dlTupleText } from "./ast/constants.ts";
export { printProgram as dlPrintProgram } from "./ast/print.ts";
export {
  type ChangeResult,
  dlAssert,
  dlRetract,
  dlSubscribe,
  dlTransact,
  type Op,
  type OpResult,
  type Outcome,
  type TransactResult,
} from "./db/change.ts";
export { type Db, type DbOptions, dlMakeDb, type Listener, type TupleChange } from "./db/db.ts";
export type { Limits, OnProgress } from "./db/engine.ts";
export type { FactInput, GoalInput, Variable } from "./db/input.ts";
export { dlAddFact, dlAddRule, dlProgram, dlSaturate } from "./db/program.ts";
export { type Answer, dlAnswers, dlFacts, dlHolds, dlModel, dlQuery, dlStats, dlVar, type Stats } from "./db/query.ts";
export { DatalogError, type Mistake, type MistakeCode } from "./errors.ts";
export { dlExplain, dlProvenance, type Proof, type Provenance } from "./explain/provenance.ts";
export { dlWhyNot, type Failure, type WhyNot } from "./explain/why-not.ts";
