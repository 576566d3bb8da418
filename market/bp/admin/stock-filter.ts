import { LACKS, type ShelfChoices, type StockFilter } from "@rose-ash/shared/contracts/shelf.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import type { ShelfOption } from "./shelf-options.ts";

const id = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0).default(0);

/** What lists behind the counter are narrowed by, in an address or in a form. */
export const stockFilter = z.object({
  q: z
    .string()
    .max(200)
    .catch("")
    .default("")
    .transform((words) => words.replaceAll("\u0000", "").trim()),
  shelf: id,
  supplier: id,
  label: z.string().max(60).catch("").default(""),
  stock: z.enum(["", "in", "out"]).catch("").default(""),
  sale: z.enum(["", "on", "off"]).catch("").default(""),
  lacks: z
    .enum(["", ...LACKS])
    .catch("")
    .default(""),
});
export type AskedFilter = z.output<typeof stockFilter>;

/** The same as a contract asks it. */
export function filterOf({ q, shelf, supplier, ...rest }: AskedFilter): StockFilter {
  return { ...rest, words: q, shelf: shelf === 0 ? null : (shelf as CategoryId), supplierId: supplier === 0 ? null : supplier };
}

/** What of it is said, for an address. */
export function filterQuery(filter: AskedFilter): Record<string, string> {
  const said = Object.entries(filter).filter(([, value]) => value !== "" && value !== 0);
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
}

/** The choices of the form that narrows a list. */
export function filterChoices({ suppliers, labels }: ShelfChoices, shelves: readonly ShelfOption[]) {
  const all = (label: string) => ({ value: "", label });
  return {
    shelf: [all("All shelves"), ...shelves.map((shelf) => ({ value: String(shelf.id), label: shelf.path }))],
    supplier: [all("All suppliers"), ...suppliers.map((one) => ({ value: String(one.id), label: one.name }))],
    label: [all("Any label"), ...labels.map((label) => ({ value: label, label }))],
    stock: [all("Any stock"), { value: "in", label: "In stock" }, { value: "out", label: "None left" }],
    sale: [all("On and off sale"), { value: "on", label: "On sale" }, { value: "off", label: "Off sale" }],
    lacks: [all("Nothing in particular"), ...LACKS.map((lack) => ({ value: lack, label: LACK_WORDS[lack] }))],
  };
}

const LACK_WORDS: Record<(typeof LACKS)[number], string> = {
  price: "Price is nought",
  cost: "Cost not known",
  allergens: "Allergens not stated",
  picture: "No picture",
  shelf: "On no shelf",
  gtin: "No number on the packet",
};
