import type { PriceRuleFields } from "@rose-ash/shared/contracts/price-rules.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import { ROUNDINGS } from "@rose-ash/shared/models/price-rules.ts";
import { z } from "zod";

const text = z.string().catch("").default("");

/** A rule's form. add: percent; minimum: pounds. */
export const ruleBody = z.object({ category: text, supplier: text, add: text, minimum: text, rounding: text });
export type RuleBody = z.output<typeof ruleBody>;

export const RULE_ROUTE = "/admin/price-rules/:id(^[1-9]\\d{0,14}$)";
export const ruleParams = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export type RuleParams = z.output<typeof ruleParams>;

const EMPTY: RuleBody = { category: "", supplier: "", add: "", minimum: "", rounding: "five" };

/** A rule as somebody would type it. */
export function valuesOf(rule: PriceRuleFields | null): RuleBody {
  if (rule === null) return EMPTY;
  return {
    ...{ category: String(rule.categoryId ?? ""), supplier: String(rule.supplierId ?? ""), add: String(rule.addPermille / 10) },
    ...{ minimum: rule.minimumAddMinor === 0 ? "" : (rule.minimumAddMinor / 100).toFixed(2), rounding: rule.rounding },
  };
}

/** What the form says; or what is wrong with it, by field. Only shelves and suppliers that are there. */
export function readRule(
  { category, supplier, add, minimum, rounding }: RuleBody,
  known: { shelves: readonly { id: number }[]; suppliers: readonly { id: number }[] },
): { kind: "read"; fields: PriceRuleFields } | { kind: "wrong"; messages: Readonly<Record<string, string>> } {
  const messages: Record<string, string> = {};
  const percent = add.trim().replace(",", ".").replace(/\s*%$/, "");
  if (!/^\d{1,4}(\.\d)?$/.test(percent) || Number(percent) > 1000) messages["add"] = "Percent from 0 to 1000, like 30 or 27.5.";
  const least = minimum.trim().replace(",", ".") || "0";
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(least)) messages["minimum"] = "An amount like 0.20.";
  const round = ROUNDINGS.find((one) => one === rounding);
  if (!round) messages["rounding"] = "Choose how it is rounded.";
  const shelf = known.shelves.find(({ id }) => String(id) === category);
  if (category !== "" && !shelf) messages["category"] = "There is no such shelf.";
  const from = known.suppliers.find(({ id }) => String(id) === supplier);
  if (supplier !== "" && !from) messages["supplier"] = "There is no such supplier.";
  if (!round || Object.keys(messages).length > 0) return { kind: "wrong", messages };
  return {
    kind: "read",
    fields: {
      ...{ categoryId: (shelf?.id ?? null) as CategoryId | null, supplierId: from?.id ?? null, rounding: round },
      ...{ addPermille: Math.round(Number(percent) * 10), minimumAddMinor: Math.round(Number(least) * 100) },
    },
  };
}
