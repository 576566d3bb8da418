import type { SomeProductFields } from "../../contracts/product-fields.ts";
import type { PackUnit } from "../../models/market.ts";

/** How much a pack holds, by its name. */
export interface Pack {
  readonly packAmount: number;
  readonly packUnit: PackUnit;
}

/** The unit of a pack and how many of it one of the named has. */
const UNITS: Readonly<Record<string, readonly [PackUnit, number]>> = {
  kg: ["g", 1000],
  g: ["g", 1],
  gr: ["g", 1],
  l: ["ml", 1000],
  lt: ["ml", 1000],
  ltr: ["ml", 1000],
  litre: ["ml", 1000],
  litres: ["ml", 1000],
  cl: ["ml", 10],
  ml: ["ml", 1],
};
const MEASURE = /(?:(\d{1,3})\s?[x×*]\s?)?(\d{1,5}(?:[.,]\d{1,3})?)\s?(kg|gr?|ltr|lt|litres?|l|cl|ml)\b/gi;
const PIECES = /\b(?:pack of|box of)\s(\d{1,3})\b|\b(\d{1,3})\s?(?:pack|pcs|pieces|bags|rolls|tablets|capsules)\b/i;
const MOST = 1_000_000;

/** What a name says of its pack: "6 x 250 ml" is 1500 ml, "Rye flour 1.5kg" 1500 g; of several measures the last. null: nothing. */
export function packIn(name: string): Pack | null {
  const [, times = "1", amount, unit] = [...name.matchAll(MEASURE)].at(-1) ?? [];
  const measure = unit === undefined ? undefined : UNITS[unit.toLowerCase()];
  if (measure && amount !== undefined) {
    const packAmount = Math.round(Number(times) * Number(amount.replace(",", ".")) * measure[1]);
    if (packAmount > 0 && packAmount <= MOST) return { packAmount, packUnit: measure[0] };
  }
  const pieces = PIECES.exec(name);
  const count = Number(pieces?.[1] ?? pieces?.[2] ?? 0);
  return count > 0 ? { packAmount: count, packUnit: "piece" } : null;
}

/** An address made of a name: "Crème fraîche, 30 %" is creme-fraiche-30. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80)
    .replace(/^-+|-+$/g, "");
  return slug || "product";
}

/** What the form for a new product begins with, of what a page says. */
export function guessFields(said: SomeProductFields): SomeProductFields {
  const pack = packIn(said.name ?? "") ?? { packAmount: 1, packUnit: "piece" };
  return { vatClass: "zero", ...pack, ...said };
}
