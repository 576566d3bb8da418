import type { Rule } from "../ast/ast.ts";
import { type CoreRule, withoutAggregates } from "./aggregates.ts";

export function demandRules(rules: readonly Rule[], goal: Rule): CoreRule[] {
  return withoutAggregates([...rules, goal], "@goal");
}
