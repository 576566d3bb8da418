import type { DiscountFigure, DiscountForEditing } from "@rose-ash/shared/contracts/discounts.ts";
import { moneyIn } from "../../../services/receipts/index.ts";

/** How much it is, as "12.5 %" or "£2.00". */
export function figureWords(figure: DiscountFigure, locale: string, currency: string): string {
  return figure.kind === "percent" ? `${figure.basisPoints / 100} %` : moneyIn(locale, currency)(figure.amountMinor);
}

const STATES: Readonly<Record<DiscountForEditing["state"], { words: string; tone: string }>> = {
  running: { words: "is given", tone: "leaf" },
  "to-come": { words: "to come", tone: "" },
  over: { words: "over", tone: "" },
  "used-up": { words: "used up", tone: "amber" },
  off: { words: "switched off", tone: "amber" },
};

/** A discount in words. */
export function discountView(discount: DiscountForEditing, locale: string) {
  const { figure, currency, audience, groupName, coveredName, maxUses, uses, state } = discount;
  const who = { everybody: "everybody", group: `members of ${groupName ?? ""}`, person: "whom it was granted" }[audience];
  return {
    ...discount,
    stateWords: STATES[state],
    words: `${figureWords(figure, locale, currency)} off ${coveredName || "everything"}, for ${who}`,
    usesWords: maxUses === null ? `${uses}` : `${uses} of ${maxUses}`,
  };
}
