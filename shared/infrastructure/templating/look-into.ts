import nunjucks from "nunjucks";
import { Block, childrenOf, type Node, type Target, Tuple } from "./nodes.ts";

/** The names that a target sets, those in nested tuples too. */
export function namesOf(target: Target): string[] {
  if (target instanceof Tuple) return target.children.flatMap((child) => namesOf(child as Target));
  return target instanceof nunjucks.nodes.Symbol ? [target.value] : [];
}

/** Whether a block that sees the variables around it stands somewhere inside. */
export function hasScopedBlock(node: Node): boolean {
  return (node instanceof Block && node.isScoped) || childrenOf(node).some(hasScopedBlock);
}

/** Whether a break or continue stands somewhere inside. */
export function hasJump(node: Node): boolean {
  return node.typename === "Jump" || childrenOf(node).some(hasJump);
}
