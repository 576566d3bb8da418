import { isDeepStrictEqual } from "node:util";
import type { ProductId } from "../../models/ids.ts";
import type { AvailabilitySaid, FindingDoubt, FindingKind } from "../../models/scrape-findings.ts";
import type { AcceptanceRules } from "../../models/scraping.ts";
import type { Decided, KnownProduct, Waiting } from "./known.ts";
import type { Proposal } from "./proposals.ts";
import { isJump, isMoney, ruleFor } from "./rules.ts";

/** A field of a finding that is to be. before: as it stands; rule: the one that may accept it, "": none. */
export interface FoundField extends Proposal {
  readonly before: unknown;
  readonly rule: string;
}

/** A finding that is to be. */
export interface Found {
  readonly kind: FindingKind;
  readonly productId: ProductId | null;
  readonly matchId: ProductId | null;
  readonly doubts: readonly FindingDoubt[];
  readonly fields: readonly FoundField[];
}

/** What an availability was before, as findings keep it: how many stood on the shelf; setAside: how many did when it went away. */
export interface StockBefore {
  readonly stock: number;
  readonly setAside?: number;
}

/** What of a known product is otherwise; null: nothing that has not been decided. */
export function changedOf(
  known: KnownProduct,
  proposals: readonly Proposal[],
  doubts: readonly FindingDoubt[],
  { decided, rules }: { decided: readonly Decided[]; rules: AcceptanceRules | null },
): Found | null {
  const fields = proposals.flatMap((proposal) => {
    // whether another supplier has it says nothing of our shelf
    if (proposal.field === "availability" && known.isOthers) return [];
    const last = decided.find(({ field }) => field === proposal.field);
    const found = proposal.field === "availability" ? movedStock(known, proposal, last) : differing(known, proposal, { last, rules });
    if (!found) return [];
    const isHeld = doubts.length > 0 || found.doubt !== "" || !found.canTake;
    return [{ ...found, rule: isHeld ? "" : (ruleFor(found, rules) ?? "") }];
  });
  return fields.length === 0 ? null : { kind: "changed", productId: known.productId, matchId: null, doubts, fields };
}

/** A product that a complete run missed; null: somebody decided about that, or it comes from another supplier. */
export function goneOf({ productId, row, isOthers }: KnownProduct, decided: readonly Decided[]): Found | null {
  if (isOthers) return null;
  const last = decided.find(({ field }) => field === "availability");
  if (last && availabilityIn(last.after)?.is === "gone") return null;
  const after: AvailabilitySaid = { is: "gone", said: "" };
  const before: StockBefore = { stock: row.stock };
  const field: FoundField = {
    field: "availability",
    before,
    after,
    canTake: true,
    source: "missing",
    confidencePercent: 100,
    doubt: "",
    rule: "",
  };
  return { kind: "gone", productId, matchId: null, doubts: [], fields: [field] };
}

/** Something that is not on the shelf; null: nothing is said of it, or somebody declined just that. */
export function newOf(
  proposals: readonly Proposal[],
  doubts: readonly FindingDoubt[],
  matchId: ProductId | null,
  decided: readonly Decided[],
): Found | null {
  const isDeclined = proposals.every(({ field, after }) =>
    decided.some((last) => last.field === field && last.decision === "declined" && isDeepStrictEqual(last.after, after)),
  );
  if (isDeclined) return null; // also where nothing is said
  return { kind: "new", productId: null, matchId, doubts, fields: proposals.map((proposal) => ({ ...proposal, before: null, rule: "" })) };
}

/** Whether a finding that waits says the same. How many stand on the shelf moves with every sale. */
export function isSame(waiting: Waiting, found: Found): boolean {
  const said = ({ kind, productId, matchId, doubts, fields }: Waiting | Found) => ({
    ...{ kind, productId, matchId, doubts: [...doubts].sort() },
    fields: [...fields]
      .sort((a, b) => a.field.localeCompare(b.field))
      .map(({ field, before, after, doubt, rule }) => ({
        ...{ field, after, doubt, rule },
        before: field === "availability" ? null : before,
      })),
  });
  return isDeepStrictEqual(said(waiting), said(found));
}

/** Which last words no longer hold: of what was declined the supplier says something else, or what was sold out is there again. */
export function lapsed(known: KnownProduct | undefined, proposals: readonly Proposal[], decided: readonly Decided[]): readonly Decided[] {
  return decided.filter(({ field, decision, after }) => {
    const now = proposals.find((proposal) => proposal.field === field);
    if (!now || isDeepStrictEqual(now.after, after)) return false;
    if (field !== "availability") return decision === "declined";
    const isBack = availabilityIn(now.after)?.is === "available" && availabilityIn(after)?.is !== "available";
    return decision === "declined" || (isBack && (known?.row.stock ?? 0) > 0);
  });
}

/** What is seen again after it was gone is to be had, where the page does not say otherwise. */
export function withReturn(proposals: readonly Proposal[], decided: readonly Decided[]): readonly Proposal[] {
  const wasGone = decided.some(({ field, after }) => field === "availability" && availabilityIn(after)?.is === "gone");
  if (!wasGone || proposals.some(({ field }) => field === "availability")) return proposals;
  const after: AvailabilitySaid = { is: "available", said: "" };
  return [...proposals, { field: "availability", after, canTake: true, source: "seen", confidencePercent: 100, doubt: "" }];
}

/** What a value of an availability says; null: it is none. */
export function availabilityIn(value: unknown): AvailabilitySaid | null {
  if (typeof value !== "object" || value === null || !("is" in value) || !("said" in value)) return null;
  const { is, said } = value;
  return (is === "available" || is === "unavailable" || is === "gone") && typeof said === "string" ? { is, said } : null;
}

/** How many stood on the shelf, by the value before of an availability. */
export function stockIn(value: unknown): number | null {
  return typeof value === "object" && value !== null && "stock" in value && typeof value.stock === "number" ? value.stock : null;
}

function differing(
  { said, row }: KnownProduct,
  proposal: Proposal,
  { last, rules }: { last: Decided | undefined; rules: AcceptanceRules | null },
): Omit<FoundField, "rule"> | null {
  const { field } = proposal;
  if (field === "availability") return null;
  const before = Object.hasOwn(said, field) ? said[field] : row[field];
  if (isDeepStrictEqual(before, proposal.after)) return null;
  if (last?.decision === "declined" && isDeepStrictEqual(last.after, proposal.after)) return null;
  const isDoubted = proposal.doubt === "" && isMoney(field) && isJump(before, proposal.after, rules);
  return { ...proposal, before, doubt: isDoubted ? "price-jump" : proposal.doubt };
}

/** Ours may be sold out while theirs is not: only what they took away comes back with them. */
function movedStock({ row }: KnownProduct, proposal: Proposal, last: Decided | undefined): Omit<FoundField, "rule"> | null {
  const now = availabilityIn(proposal.after);
  const decided = availabilityIn(last?.after);
  if (now === null || (decided !== null && decided.is === now.is)) return null;
  const before: StockBefore = { stock: row.stock };
  if (now.is === "unavailable") return row.stock > 0 ? { ...proposal, before } : null;
  const setAside = last?.decision === "accepted" && decided?.is !== "available" ? (stockIn(last.before) ?? 0) : 0;
  return setAside > 0 && row.stock === 0 ? { ...proposal, before: { ...before, setAside } } : null;
}
