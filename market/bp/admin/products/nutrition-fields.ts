import type { Nutrition } from "@rose-ash/shared/models/market.ts";
import type { Form } from "./form.ts";

/** As packets say it: energy in kJ, the others in grams, which are kept in mg. */
const ROWS: readonly { key: keyof Nutrition; label: string; unit: "kJ" | "g" }[] = [
  { key: "energyKj", label: "Energy", unit: "kJ" },
  { key: "fatMg", label: "Fat", unit: "g" },
  { key: "saturatesMg", label: "of which saturates", unit: "g" },
  { key: "carbohydrateMg", label: "Carbohydrate", unit: "g" },
  { key: "sugarsMg", label: "of which sugars", unit: "g" },
  { key: "fibreMg", label: "Fibre", unit: "g" },
  { key: "proteinMg", label: "Protein", unit: "g" },
  { key: "saltMg", label: "Salt", unit: "g" },
];

/** The rows of the form. */
export function nutritionRows(value: unknown, typed: Form | null) {
  return ROWS.map(({ key, label, unit }) => {
    const name = `nutrition-${key}`;
    return { name, label: `${label}, ${unit}`, text: typed ? (typed[name] ?? "") : textOf(amountOf(value, key), unit) };
  });
}

/** null where nothing is typed; what can't be read, or not all of it, is no nutrition and refused as such. */
export function nutritionOf(typed: Form): unknown {
  const texts = ROWS.map(({ key }) => (typed[`nutrition-${key}`] ?? "").trim().replace(",", "."));
  if (texts.every((text) => text === "")) return null;
  return Object.fromEntries(ROWS.map(({ key, unit }, at) => [key, numberOf(texts[at] ?? "", unit)]));
}

/** In one line, for a history. */
export function nutritionWords(value: unknown): string {
  return ROWS.map(({ key, label, unit }) => `${label.replace("of which ", "")} ${textOf(amountOf(value, key), unit)} ${unit}`).join(", ");
}

function amountOf(value: unknown, key: keyof Nutrition): number | null {
  if (typeof value !== "object" || value === null) return null;
  const amount: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof amount === "number" ? amount : null;
}

function textOf(amount: number | null, unit: "kJ" | "g"): string {
  if (amount === null) return "";
  return unit === "kJ" ? String(amount) : String(amount / 1000);
}

function numberOf(text: string, unit: "kJ" | "g"): number | string {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text)) return text;
  return unit === "kJ" ? Math.round(Number(text)) : Math.round(Number(text) * 1000);
}
