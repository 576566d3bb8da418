import { someProductFields } from "@rose-ash/shared/contracts/product-fields.ts";
import { ALLERGENS } from "@rose-ash/shared/models/market.ts";
import type { Form } from "./form.ts";

/** Allergens row by row: "", contains or may. Once they are not known as a whole, no row says anything. */
export function allergenRows(value: unknown, typed: Form | null) {
  const stated = someProductFields.parse({ allergens: value }).allergens ?? null;
  return ALLERGENS.map((name) => ({
    name,
    words: name.replaceAll("-", " "),
    state: typed
      ? (typed[`allergen-${name}`] ?? "")
      : stated?.contains.includes(name)
        ? "contains"
        : stated?.mayContain.includes(name)
          ? "may"
          : "",
  }));
}

/** null: they are not known, and it is free from nothing. */
export function allergensOf(typed: Form): unknown {
  if (typed["allergens"] !== "known") return null;
  const of = (state: string) => ALLERGENS.filter((name) => typed[`allergen-${name}`] === state).sort();
  return { contains: of("contains"), mayContain: of("may") };
}
