import type { Element } from "domhandler";
import type { Page } from "../page/parse-page.ts";
import { ancestry } from "../page/regions.ts";

const MAX_DEPTH = 512;

/**
 * Points for standing where a product's own data stand: 3 right after the heading, less the further on, less still before it.
 * Counted in elements of the page's order, since distances on the screen are the style sheet's.
 */
export function distanceFromHeading(element: Element, page: Page): number {
  if (!page.heading) return 0;
  const from = page.placeOf.get(page.heading) ?? 0;
  const at = page.placeOf.get(element) ?? 0;
  const steps = Math.abs(at - from);
  const nearness = 3 - Math.log2(1 + steps / 25) / 1.2;
  return Math.max(-3, at < from ? nearness - 1.5 : nearness);
}

/** The smallest element that holds both; null: none but the document. */
export function commonAncestor(one: Element, other: Element): Element | null {
  const ancestors = new Set(ancestry(one, MAX_DEPTH));
  return ancestry(other, MAX_DEPTH).find((each) => ancestors.has(each)) ?? null;
}
