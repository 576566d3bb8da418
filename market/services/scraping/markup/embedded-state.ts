import { availabilityNamed } from "../availability.ts";
import { candidate, type Findings } from "../candidates.ts";
import { likeness, type Page } from "../page/parse-page.ts";
import { textOf } from "../page/text.ts";
import { parseCurrency } from "../price/parse-price.ts";
import type { Candidate } from "../product.ts";
import { type Json, parseLenient } from "./lenient-json.ts";
import { amountAndCurrency } from "./offers.ts";
import { readShopify } from "./shopify.ts";

const MAX_NODES = 150_000;
const MAX_DEPTH = 60;
/** Of one page, in all: what is no data is given up on, but costs what was read of it. */
const MAX_READ_FACTOR = 4;
const WORTH_READING = /price|sku|product|ecommerce/i;

type JsonObject = { readonly [key: string]: Json };

/** The names that scripts give to a field, in lower case without marks and without "product" before them, the best first. */
const NAMES = {
  name: ["name", "title", "displayname", "fullname"],
  price: [
    "saleprice",
    "currentprice",
    "finalprice",
    "specialprice",
    "discountedprice",
    "actualprice",
    "nowprice",
    "sellingprice",
    "price",
    "priceamount",
    "unitprice",
    "prices",
    "pricing",
    "pricevalue",
    "amount",
  ],
  currency: ["currency", "currencycode", "pricecurrency", "currencyisocode", "currencyiso"],
  sku: ["sku", "skuid", "articlenumber", "itemnumber", "partnumber", "code", "itemcode", "reference"],
  id: ["id", "itemid", "masterid", "pid"],
  brand: ["brand", "brandname", "manufacturer", "vendor"],
  availability: ["availability", "stockstatus", "availabilitystatus", "instock", "isinstock", "isavailable", "available", "stock"],
  slug: ["handle", "slug", "urlkey", "seoname"],
  gtin: ["gtin", "gtin13", "ean", "ean13", "barcode", "upc", "isbn", "isbn13"],
} as const;

/** What scripts and attributes of the page hold as data about its product: frameworks' state, data layers, a shop's own. It is read, never run. */
export function readEmbeddedState(page: Page): Findings {
  const found: { object: JsonObject; fit: Fit }[] = [];
  const shops: Candidate[] = [];
  let nodes = 0;
  for (const value of valuesOf(page)) {
    const stack: [Json, number][] = [[value, 0]];
    for (let next = stack.pop(); next && nodes < MAX_NODES; next = stack.pop(), nodes++) {
      const [node, depth] = next;
      if (node === null || typeof node !== "object" || depth > MAX_DEPTH) continue;
      if (!Array.isArray(node)) {
        const object = node as JsonObject;
        const fit = fitOf(object, page);
        if (fit) found.push({ object, fit });
        if (fit) shops.push(...readShopify(object, page));
      }
      for (const child of Object.values(node).reverse()) stack.push([child, depth + 1]);
    }
  }
  return { candidates: [...shops, ...shared(found.flatMap(({ object, fit }) => fieldsOf(object, fit, page)))], images: [] };
}

/** Where one feature gives several values, as of all variants, each is that much less likely the page's. */
function shared(candidates: readonly Candidate[]): Candidate[] {
  const values = new Map<string, Set<string>>();
  const featureOf = ({ field, kind }: Candidate) => `${field}/${kind}`;
  for (const each of candidates) values.set(featureOf(each), (values.get(featureOf(each)) ?? new Set()).add(each.value));
  return candidates.map((each) => ({ ...each, strength: each.strength / Math.sqrt(values.get(featureOf(each))?.size ?? 1) }));
}

type Fit = "named" | "addressed" | "both";

/** Whether an object is about the page's product: it has its name, or an id that stands in the address. */
function fitOf(object: JsonObject, page: Page): Fit | null {
  const name = valueAt(object, NAMES.name);
  const heading = page.heading ? textOf(page.heading, 300) : page.title;
  const isNamed = name !== null && name.length < 400 && Math.min(likeness(name, heading), likeness(heading, name)) > 0.75;
  const isAddressed =
    [valueAt(object, NAMES.id), valueAt(object, NAMES.sku)].some((id) => id !== null && standsIn(id, page.url)) ||
    isSlug(valueAt(object, NAMES.slug), page.url);
  return isNamed && isAddressed ? "both" : isNamed ? "named" : isAddressed ? "addressed" : null;
}

/** Whether the address ends in the name that the shop made for addresses. */
const isSlug = (slug: string | null, { pathname }: URL) =>
  slug !== null && slug.length > 2 && pathname.replace(/\/$/, "").endsWith(`/${slug}`);

/** Whether an id is a part of the address by itself: short ones are there by chance. */
function standsIn(id: string, url: URL): boolean {
  return (
    id.length >= 4 &&
    id.length <= 60 &&
    /\d/.test(id) &&
    (url.pathname + url.search)
      .toLowerCase()
      .split(/[^\p{L}\p{N}_-]+/u)
      .some((part) => part === id.toLowerCase() || part.split(/[-_]/).includes(id.toLowerCase()))
  );
}

function fieldsOf(object: JsonObject, fit: Fit, { country, url }: Page): Candidate[] {
  const read = (names: readonly string[]) => valueAt(object, names);
  const id = read(NAMES.id);
  const written = read(NAMES.price);
  const code = read(NAMES.currency) ?? currencyInPrice(object);
  const currency = code ? parseCurrency(code, { country }) : null;
  return [
    ...candidate("name", read(NAMES.name), "state", fit),
    ...(written && written.length < 40 ? amountAndCurrency(written, currency, "state", fit, country) : []),
    ...candidate("sku", idLike(read(NAMES.sku)), "state", fit),
    ...candidate("sku", idLike(id), "state", id !== null && standsIn(id, url) ? `id-${fit}` : "id-named"),
    ...candidate("gtin", read(NAMES.gtin), "state", fit),
    ...candidate("brand", read(NAMES.brand), "state", fit),
    ...candidate("availability", availabilityNamed(read(NAMES.availability) ?? ""), "state", fit),
  ];
}

/** "price": {"value": 2.4, "currency": "GBP"} */
function currencyInPrice(object: JsonObject): string | null {
  const keys = Object.keys(object).filter((key) => (NAMES.price as readonly string[]).includes(bare(key)));
  for (const value of keys.map((key) => object[key] ?? null)) {
    const code = value !== null && typeof value === "object" && !Array.isArray(value) ? valueAt(value as JsonObject, NAMES.currency) : null;
    if (code) return code;
  }
  return null;
}

const idLike = (text: string | null) => (text && /^[\p{L}\p{N}][\p{L}\p{N}._/-]{1,40}$/u.test(text) ? text : null);

const bare = (key: string) =>
  key
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/^product(?=.)/, "");

/** The value of the first of these names that the object has: a text, a number, or the same inside of a small object or list. */
function valueAt(object: JsonObject, names: readonly string[], depth = 0): string | null {
  const keys = Object.keys(object);
  if (keys.length > 400) return null;
  let best: { rank: number; value: string } | null = null;
  for (const key of keys) {
    const rank = names.indexOf(bare(key));
    if (rank < 0 || (best && best.rank <= rank)) continue;
    const value = scalarOf(object[key] ?? null, names, depth);
    if (value !== null) best = { rank, value };
  }
  return best?.value ?? null;
}

const INNER = ["value", "current", "now", "amount", "name", "code", "sale", "final", "min", "formatted"];

function scalarOf(value: Json, names: readonly string[], depth: number): string | null {
  if (typeof value === "string" || typeof value === "number") return String(value).trim() || null;
  if (typeof value === "boolean") return String(value);
  if (value === null || depth > 2) return null;
  if (Array.isArray(value)) return value.length === 1 ? scalarOf(value[0] ?? null, names, depth + 1) : null;
  return valueAt(value as JsonObject, [...names, ...INNER], depth + 1);
}

function* valuesOf({ scripts, elements }: Page): Generator<Json> {
  for (const { type, text } of scripts) {
    if (type.includes("ld+json") || !WORTH_READING.test(text)) continue;
    yield* /json/.test(type) ? whole(text) : assigned(text);
  }
  for (const { attribs } of elements) {
    for (const value of Object.values(attribs))
      if (/^\s*[[{]/.test(value) && value.length > 20 && WORTH_READING.test(value)) yield* whole(value);
  }
}

function* whole(text: string): Generator<Json> {
  const parsed = parseLenient(text.replace(/^\s{0,1000}<!--/, ""));
  if (parsed) yield parsed.value;
}

/** Objects and lists that a script assigns or hands to a function, also as the text of JSON.parse. */
function* assigned(script: string): Generator<Json> {
  const starts = /[=(,]\s{0,1000}(?=[[{])|JSON\.parse\(\s{0,1000}(?=["'`])/g;
  let read = 0;
  for (let match = starts.exec(script); match && read < script.length * MAX_READ_FACTOR; match = starts.exec(script)) {
    const begin = starts.lastIndex;
    const parsed = parseLenient(script, begin);
    read += (parsed?.end ?? begin + 200) - begin;
    if (!parsed) continue;
    starts.lastIndex = parsed.end;
    if (typeof parsed.value === "string") yield* whole(parsed.value);
    else if (parsed.end - begin > 10) yield parsed.value;
  }
}
