import type { IncompleteCase } from "../../models/order-cycles.ts";

/** What somebody paid for of a lot: pieces, and how many of them are known not to come. */
export interface PaidLine {
  quantity: number;
  missing: number;
}

/** caseSize from 1. stock: pieces that can be taken off the shelf, those set aside for this lot before among them. */
export interface LotToPlan {
  /** Whoever paid first comes first. */
  lines: readonly PaidLine[];
  caseSize: number;
  stock: number;
  rule: IncompleteCase;
}

/** In pieces, cases aside. dropped: of each line, beside what was missing before. isUndecided: a case is not full, by the rule decide. */
export interface LotPlan {
  wanted: number;
  fromStock: number;
  cases: number;
  surplus: number;
  dropped: readonly number[];
  isUndecided: boolean;
}

/**
 * The least that is to be ordered for what was paid: what the shelf has first, then cases. What a case that is not full leaves over is
 * dropped or filled by the rule; undecided, it is planned as filled. Dropped are pieces of whoever paid last.
 */
export function planLot({ lines, caseSize, stock, rule }: LotToPlan): LotPlan {
  const open = lines.map(({ quantity, missing }) => Math.max(0, quantity - missing));
  const ordered = open.reduce((sum, pieces) => sum + pieces, 0);
  const fromStock = Math.min(ordered, Math.max(0, stock));
  const rest = (ordered - fromStock) % caseSize;
  const dropped = rule === "drop" ? dropLast(open, rest) : open.map(() => 0);
  const wanted = ordered - (rule === "drop" ? rest : 0);
  const cases = Math.ceil((wanted - fromStock) / caseSize);
  return {
    wanted,
    fromStock,
    cases,
    surplus: cases * caseSize - (wanted - fromStock),
    dropped,
    isUndecided: rule === "decide" && rest > 0,
  };
}

/** How many pieces each line loses when `pieces` of all do not come: the last ones first. */
export function dropLast(quantities: readonly number[], pieces: number): number[] {
  let left = pieces;
  const lost = quantities.toReversed().map((quantity) => {
    const from = Math.min(quantity, left);
    left -= from;
    return from;
  });
  return lost.reverse();
}
