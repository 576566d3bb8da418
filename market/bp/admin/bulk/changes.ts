import type { ProductChangePlan, Proposal } from "@rose-ash/shared/contracts/change-sets.ts";
import { MAX_PRICE_MINOR, PRODUCT_FIELDS, type ProductField, type SomeProductFields } from "@rose-ash/shared/contracts/product-fields.ts";
import type { BulkLine } from "@rose-ash/shared/contracts/shelf.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import type { Form } from "../products/form.ts";
import { labelOf } from "../products/form-fields.ts";
import { changedPrice, readPriceChange } from "./price-change.ts";

type Plan = Proposal["plan"];

/** A change as it is asked for: what it is called, and what it makes of each product. */
export type ReadChange = { kind: "read"; title: string; planFor(line: BulkLine): Plan } | { kind: "wrong"; message: string };

const LABEL = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/;
const VAT = ["zero", "reduced", "standard"] as const;

/** What the form asks for. shelves: names by id. */
export function readChange(typed: Form, shelves: ReadonlyMap<string, string>): ReadChange {
  const change = Object.hasOwn(READERS, typed["change"] ?? "") ? READERS[typed["change"] ?? ""] : undefined;
  return change ? change(typed, shelves) : wrong("Choose what is to be changed.");
}

const READERS: Readonly<Record<string, (typed: Form, shelves: ReadonlyMap<string, string>) => ReadChange>> = {
  price(typed) {
    const asked = readPriceChange(typed);
    if (asked === null) return wrong("Say by how much: 5, −2.5 %, or 0.20.");
    return read(asked.title, ({ id, priceMinor }) => {
      const price = changedPrice(priceMinor, asked);
      if (price < 0) return { kind: "refused", reason: "The price would be below nought." };
      if (price > MAX_PRICE_MINOR) return { kind: "refused", reason: "The price would be one that no shop asks." };
      return edit(id, { set: { priceMinor: price } });
    });
  },
  vat(typed) {
    const vatClass = VAT.find((one) => one === typed["vatClass"]);
    if (!vatClass) return wrong("Choose a class of VAT.");
    return read(`VAT: ${vatClass}`, ({ id }) => edit(id, { set: { vatClass } }));
  },
  "shelf-add": (typed, shelves) => shelfChange(typed["onto"], shelves, "addTo", "Onto the shelf"),
  "shelf-remove": (typed, shelves) => shelfChange(typed["off"], shelves, "takeFrom", "Off the shelf"),
  "label-add": (typed) => labelChange(typed["with"], "With the label", (labels, label) => [...labels, label]),
  "label-remove": (typed) => labelChange(typed["without"], "Without the label", (labels, label) => labels.filter((one) => one !== label)),
  follow(typed) {
    const field = PRODUCT_FIELDS.find((one) => one === typed["field"]);
    if (typed["field"] !== "all" && !field) return wrong("Choose a field.");
    const of = (said: readonly string[]) => PRODUCT_FIELDS.filter((one) => said.includes(one) && (!field || one === field));
    const title = field ? `Follow suppliers again: ${labelOf(field)}` : "Follow suppliers again in everything";
    return read(title, ({ id, said }) => edit(id, { follow: of(said) }));
  },
  sale(typed) {
    const isOnSale = typed["isOnSale"] === "yes";
    return read(isOnSale ? "Back on sale" : "Off sale", (line) => edit(line.id, { set: { isOnSale } }));
  },
};

function shelfChange(id = "", shelves: ReadonlyMap<string, string>, which: "addTo" | "takeFrom", words: string): ReadChange {
  const name = shelves.get(id);
  if (name === undefined) return wrong("Choose a shelf.");
  return read(`${words} “${name}”`, (line) => edit(line.id, { [which]: [Number(id) as CategoryId] }));
}

function labelChange(text = "", words: string, change: (labels: readonly string[], label: string) => readonly string[]): ReadChange {
  const label = text.trim().toLowerCase();
  if (!LABEL.test(label) || label.length > 60) return wrong("A label is a word of small letters, like “gluten-free”.");
  return read(`${words} “${label}”`, ({ id, labels }) => edit(id, { set: { labels: [...new Set(change(labels, label))] } }));
}

function edit(
  productId: BulkLine["id"],
  what: { set?: SomeProductFields; follow?: readonly ProductField[]; addTo?: readonly CategoryId[]; takeFrom?: readonly CategoryId[] },
): ProductChangePlan {
  const { set = {}, follow = [], addTo = [], takeFrom = [] } = what;
  return { kind: "edit", productId, set, follow, addTo, takeFrom, stock: null };
}

function read(title: string, planFor: (line: BulkLine) => Plan): ReadChange {
  return { kind: "read", title, planFor };
}

function wrong(message: string): ReadChange {
  return { kind: "wrong", message };
}
