import { availabilityNamed } from "../availability.ts";
import { candidate } from "../candidates.ts";
import type { Page } from "../page/parse-page.ts";
import { parseCurrency, parsePrice } from "../price/parse-price.ts";
import type { Candidate, Source } from "../product.ts";
import { addressOf, type Thing, textProperty, thingsIn } from "./thing.ts";

/** Prices that are not asked for: what it once cost, what others ask, what a kilogram costs. */
const OTHER_PRICE = /ListPrice|SRP|MSRP|Strikethrough|Suggested|RegularPrice|InvoicePrice|MinimumAdvertised/i;

/** Price, currency and availability of what is offered here; of several offers the one that the address names, else one in stock, else the first. */
export function readOffers(product: Thing, source: Source, page: Page): Candidate[] {
  const offers = thingsIn(product, "offers", "offer").flatMap(inner);
  const offer =
    offers.find((each) => isNamedBy(each, page.url)) ??
    offers.find((each) => stateOf(each) === "InStock" && amountOf(each)) ??
    offers.find(amountOf) ??
    offers[0] ??
    product;
  const kind = thingsIn(product, "offers").some(isAggregate) ? "aggregate" : offers.length > 1 ? "one-of-offers" : "offer";
  return [
    ...priceOf(offer, source, kind, page),
    ...candidate("availability", stateOf(offer) ?? anyStock(offers), source, kind),
    ...candidate("sku", textProperty(offer, "sku"), source, "offer-sku"),
    ...gtinsOf(offer, source),
  ];
}

/** GTINs under all their names. */
export function gtinsOf(thing: Thing, source: Source): Candidate[] {
  return ["gtin", "gtin13", "gtin14", "gtin12", "gtin8", "ean", "isbn"].flatMap((name) =>
    candidate("gtin", textProperty(thing, name)?.replace(/[\s-]/g, ""), source, "gtin"),
  );
}

const isAggregate = ({ types }: Thing) => types.includes("AggregateOffer");

function inner(offer: Thing): Thing[] {
  const offers = thingsIn(offer, "offers").filter((each) => amountOf(each) !== null);
  return offers.length > 0 ? offers : [offer];
}

function isNamedBy(offer: Thing, url: URL): boolean {
  const named = [textProperty(offer, "sku"), textProperty(offer, "mpn")].some(
    (id) => id !== null && id.length > 3 && url.href.includes(id),
  );
  const own = addressOf(offer, url);
  return (
    amountOf(offer) !== null && (named || (own !== null && own.search !== "" && own.pathname + own.search === url.pathname + url.search))
  );
}

const stateOf = (offer: Thing) => availabilityNamed(textProperty(offer, "availability") ?? "");

function anyStock(offers: readonly Thing[]): string | null {
  return offers.map(stateOf).find((state) => state !== null) ?? null;
}

function specificationOf(offer: Thing): Thing | null {
  const specifications = thingsIn(offer, "priceSpecification").filter(
    (each) => !OTHER_PRICE.test(textProperty(each, "priceType") ?? "") && thingsIn(each, "referenceQuantity").length === 0,
  );
  return specifications.find((each) => textProperty(each, "price") !== null) ?? null;
}

function amountOf(offer: Thing): string | null {
  const specification = specificationOf(offer);
  return (
    textProperty(offer, "price") ?? (specification && textProperty(specification, "price")) ?? textProperty(offer, "lowPrice", "highPrice")
  );
}

function priceOf(offer: Thing, source: Source, kind: string, { country }: Page): Candidate[] {
  const written = amountOf(offer);
  const specification = specificationOf(offer);
  const code = textProperty(offer, "priceCurrency") ?? (specification && textProperty(specification, "priceCurrency"));
  const currency = code ? parseCurrency(code, { country }) : null;
  return written === null ? candidate("currency", currency, source, kind) : amountAndCurrency(written, currency, source, kind, country);
}

/** Zero is what is not known yet. Machines write "1299.5"; what is written otherwise is read as people write it. */
export function amountAndCurrency(
  written: string,
  currency: string | null,
  source: Source,
  kind: string,
  country: string | null,
): Candidate[] {
  const price = /^-?\d+(?:\.\d+)?$/.test(written.trim())
    ? { amount: written.trim(), currency: null }
    : parsePrice(written, { currency, country });
  if (!price || Number(price.amount) === 0) return candidate("currency", currency, source, kind);
  return [...candidate("price", price.amount, source, kind), ...candidate("currency", currency ?? price.currency, source, kind)];
}
