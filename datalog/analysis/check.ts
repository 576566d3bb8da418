import type { Rule } from "../ast/ast.ts";
import { complain, type Source } from "../errors.ts";
import { stratificationMistakes } from "./graph.ts";
import { bodyMistakes, safetyMistakes } from "./safety.ts";

/** Throws every safety mistake of the rules at once; when there is none, every stratification mistake. */
export function checkRules(rules: readonly Rule[], source?: Source): void {
  complain(rules.flatMap(safetyMistakes), source);
  complain(stratificationMistakes(rules), source);
}

/** The same for a goal: nothing depends on it, and its head lists what is in its body. */
export function checkGoal(goal: Rule, source?: Source): void {
  complain(bodyMistakes(goal), source);
}
