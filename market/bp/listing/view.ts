import type { Listing, ListingSort } from "@rose-ash/shared/contracts/listing.ts";
import { PRICE_STEPS } from "@rose-ash/shared/contracts/listing.ts";
import { type AskedListing, addressOf } from "./query.ts";

/** Beyond this page the next one comes only when it is asked for, so that the foot of the page can be reached. */
const PAGES_BY_THEMSELVES = 4;

const SORT_NAMES: Record<ListingSort, string> = {
  best: "Best match",
  name: "Name",
  price: "Price, low to high",
  "price-down": "Price, high to low",
  newest: "Newest",
};

/** What the page of a list shows beside its products: facets, what is chosen and how to undo it, orders, the pages around. */
export function viewOf(path: string, asked: AskedListing, list: Listing) {
  const first: AskedListing = { ...asked, page: 1 };
  const without = (name: "brand" | "supplier" | "label" | "free" | "price", value: string) =>
    addressOf(path, { ...first, [name]: (asked[name] as readonly string[]).filter((one) => one !== value) });
  const facets = facetsOf(list);
  const chosen = facets.flatMap(({ name, values }) =>
    values.filter(({ isChosen }) => isChosen).map(({ label, value }) => ({ label, url: without(name, value) })),
  );
  if (asked.stock === "in") chosen.push({ label: "In stock", url: addressOf(path, { ...first, stock: "" }) });
  const sorts = Object.entries(SORT_NAMES).filter(([value]) => value !== "best" || asked.q !== "");
  return {
    facets: facets.filter(({ values }) => values.some(({ count, isChosen }) => count > 0 || isChosen)),
    chosen,
    clearUrl: addressOf(path, { ...first, brand: [], supplier: [], label: [], free: [], price: [], stock: "" }),
    sorts: sorts.map(([value, label]) => ({ value, label })),
    sort: asked.sort === "best" && asked.q === "" ? "name" : asked.sort,
    isInStock: asked.stock === "in",
    words: asked.q,
    previousUrl: asked.page > 1 ? addressOf(path, { ...asked, page: asked.page - 1 }) : null,
    nextUrl: asked.page < list.paging.pageCount ? addressOf(path, { ...asked, page: asked.page + 1 }) : null,
    comesByItself: asked.page < PAGES_BY_THEMSELVES,
  };
}

function facetsOf({ brands, suppliers, labels, freeFrom, priceSteps }: Listing) {
  const plain = ({ value, name, count, isChosen }: Listing["brands"][number]) => ({ value, label: name, count, isChosen });
  return [
    { name: "free" as const, title: "Free from", values: freeFrom.map((one) => ({ ...plain(one), label: `Free from ${one.name}` })) },
    {
      name: "label" as const,
      title: "Suitable for",
      values: labels.map((one) => ({ ...plain(one), label: capitalised(one.name.replaceAll("_", " ")) })),
    },
    {
      name: "price" as const,
      title: "Price",
      values: priceSteps.map((one) => ({ ...one, value: String(one.value), label: stepWords(one.value) })),
    },
    { name: "brand" as const, title: "Brand", values: brands.map(plain) },
    { name: "supplier" as const, title: "Supplier", values: suppliers.map(plain) },
  ];
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function stepWords(step: number): string {
  const pounds = (minor: number | undefined) => `£${(minor ?? 0) / 100}`;
  if (step === 0) return `Under ${pounds(PRICE_STEPS[1])}`;
  const next = PRICE_STEPS[step + 1];
  return next === undefined ? `${pounds(PRICE_STEPS[step])} and more` : `${pounds(PRICE_STEPS[step])} to ${pounds(next)}`;
}
