import type { Form } from "../products/form.ts";

/** By how much prices change, in thousandths of themselves or in minor units, and to what they are rounded then. */
export interface PriceChange {
  permille: number;
  minor: number;
  step: number;
  ending: number;
  title: string;
}

/** To what a price is rounded: the nearest multiple of step that is `ending` away. */
const ROUNDINGS: Readonly<Record<string, { step: number; ending: number; words: string }>> = {
  penny: { step: 1, ending: 0, words: "" },
  five: { step: 5, ending: 0, words: ", to the nearest .05" },
  ten: { step: 10, ending: 0, words: ", to the nearest .10" },
  "ninety-nine": { step: 100, ending: 99, words: ", to the nearest .99" },
};

/** null: what was typed says no amount. amount: "5", "-2.5"; unit: percent or money. */
export function readPriceChange(typed: Form): PriceChange | null {
  const text = (typed["amount"] ?? "").trim().replace("−", "-").replace(",", ".").replace(/\s*%$/, "");
  const rounding = ROUNDINGS[typed["rounding"] ?? "penny"] ?? ROUNDINGS["penny"];
  if (!/^[+-]?\d{1,4}(\.\d{1,2})?$/.test(text) || !rounding || Number(text) === 0) return null;
  const isPercent = typed["unit"] !== "money";
  if (isPercent && Math.abs(Number(text)) > 500) return null;
  const sign = Number(text) > 0 ? "+" : "−";
  const shown = Math.abs(Number(text));
  return {
    ...{ permille: isPercent ? Math.round(Number(text) * 10) : 0, minor: isPercent ? 0 : Math.round(Number(text) * 100) },
    ...{ step: rounding.step, ending: rounding.ending },
    title: `Price ${sign} ${isPercent ? `${shown} %` : shown.toFixed(2)}${rounding.words}`,
  };
}

/** A price after the change, in minor units, half up; a price that ends in .99 stays above nought. */
export function changedPrice(priceMinor: number, { permille, minor, step, ending }: PriceChange): number {
  const exact = priceMinor + minor + (priceMinor * permille) / 1000;
  if (exact < 0) return Math.floor(exact);
  const rounded = Math.round((exact - ending) / step) * step + ending;
  return rounded < 0 ? rounded + step : rounded;
}
