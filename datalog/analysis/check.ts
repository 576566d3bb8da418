import type { Rule } from "../ast/ast.ts";
import { complain } from "../errors.ts";
import { stratificationMistakes } from "./graph.ts";
import { safetyMistakes } from "./safety.ts";

/** Throws every safety mistake of the rules at once; when there is none, every stratification mistake. */
export function checkRules(rules: readonly Rule[], source?: string): void {
  complain(rules.flatMap(safetyMistakes), source);
  complain(stratificationMistakes(rules), source);
}
