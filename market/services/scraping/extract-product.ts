import { bareBrand } from "./brand.ts";
import { candidate, type Findings } from "./candidates.ts";
import { type Choice, choose } from "./choose.ts";
import { validGtin } from "./gtin.ts";
import { findAvailability } from "./heuristics/availability-in-page.ts";
import { findImages } from "./heuristics/images-in-page.ts";
import { findPrices } from "./heuristics/price-in-page.ts";
import { findSkus } from "./heuristics/sku-in-page.ts";
import { findTexts } from "./heuristics/texts-in-page.ts";
import { readEmbeddedState } from "./markup/embedded-state.ts";
import { readMicrodata, readRdfa } from "./markup/items.ts";
import { readJsonLd } from "./markup/json-ld.ts";
import { readOpenGraph } from "./markup/open-graph.ts";
import { readThings } from "./markup/read-things.ts";
import { MEASURED } from "./measured-weights.ts";
import { decodePage } from "./page/charset.ts";
import { type Page, parsePage } from "./page/parse-page.ts";
import { currencyOfCountry } from "./price/currencies.ts";
import { AVAILABILITIES, type Candidate, type Doubt, type Field, type Product, type Source } from "./product.ts";
import { readSiteRules, type SiteRules } from "./site-rules.ts";
import type { Weights } from "./weights.ts";

const MOST_IMAGES = 30;
/** Dearer is no grocery; it is kept and looked at. */
const ABSURD_PRICE = 1_000_000_000;

const MAX_ADDRESS = 2000;
/** How sure pictures are: those stated are the shop's word, those shown were guessed by their names. */
const PICTURE_STATED = 0.9;
const PICTURE_SHOWN = 0.6;

interface Picture {
  readonly address: string;
  readonly source: Source;
}

/** What is known beside the page's bytes. */
export interface ExtractOptions {
  readonly contentType?: string | undefined;
  readonly rules?: SiteRules;
  readonly weights?: Weights;
}

/** Reads the product that a page is about. Pure: no network, nothing of the page is run. url: its absolute address. Never fails on what a page holds. */
export function extractProduct(html: Uint8Array | string, url: string, options: ExtractOptions = {}): Product {
  return readProduct(html, url, options).product;
}

/** The same, with the page taken apart, for whoever wants more of it. */
export function readProduct(html: Uint8Array | string, url: string, options: ExtractOptions = {}): { product: Product; page: Page } {
  const { page, candidates, images } = findCandidates(html, url, options);
  return { product: assemble(page, candidates, images, options.weights ?? MEASURED), page };
}

/** All readings of all fields, as the choice is made among them. */
export function findCandidates(
  html: Uint8Array | string,
  url: string,
  { contentType, rules }: ExtractOptions,
): { readonly page: Page; readonly candidates: readonly Candidate[]; readonly images: readonly Picture[] } {
  const text = typeof html === "string" ? html : decodePage(html, contentType);
  const page = parsePage(text, url);
  const readings: (Findings & { readonly source: Source })[] = [
    { source: "json-ld", ...readThings(readJsonLd(page), "json-ld", page) },
    { source: "microdata", ...readThings(readMicrodata(page), "microdata", page) },
    { source: "rdfa", ...readThings(readRdfa(page), "rdfa", page) },
    { source: "open-graph", ...readOpenGraph(page) },
    { source: "state", ...readEmbeddedState(page) },
  ];
  const found = [
    ...(rules ? readSiteRules(page, rules) : []),
    ...readings.flatMap(({ candidates }) => candidates),
    ...findPrices(
      page,
      readings.flatMap(({ candidates }) => candidates),
    ),
    ...findSkus(page, text),
    ...findAvailability(page),
    ...findTexts(page),
    ...candidate("availability", "InStock", "assumed", "default"),
    ...candidate("currency", page.country ? currencyOfCountry(page.country) : null, "assumed", "country"),
  ];
  const pictures = readings.flatMap(({ images, source }) => images.map((address) => ({ address, source })));
  const clean = found.flatMap((each) => cleaned(each));
  return { page, candidates: clean, images: [...pictures, ...findImages(page).map((address) => ({ address, source: "page" as const }))] };
}

function cleaned(each: Candidate): Candidate[] {
  if (each.field === "brand") return [{ ...each, value: bareBrand(each.value) }];
  return each.field === "gtin" && validGtin(each.value) === null ? [] : [each];
}

function assemble(page: Page, candidates: readonly Candidate[], images: readonly Picture[], weights: Weights): Product {
  const choices = new Map<Field, Choice>();
  for (const field of ["name", "price", "currency", "sku", "gtin", "brand", "availability", "ingredients"] as const) {
    const choice = choose(candidates, field, weights);
    if (choice) choices.set(field, choice);
  }
  const price = choices.get("price");
  if (!price) choices.delete("currency");
  if (!price && !choices.has("sku") && choices.get("availability")?.source === "assumed") choices.delete("availability"); // no shop's page
  const text = (field: Field) => choices.get(field)?.value ?? null;
  const sources = Object.fromEntries([...choices].map(([field, { source, confidence }]) => [field, { source, confidence }]));
  const pictures = absolute(images, page);
  return {
    name: text("name"),
    price: text("price"),
    currency: text("currency"),
    sku: text("sku"),
    gtin: text("gtin"),
    brand: text("brand"),
    availability: AVAILABILITIES.find((word) => word === text("availability")) ?? null,
    images: pictures.map(({ address }) => address),
    ingredients: text("ingredients"),
    sources: { ...sources, ...imagesFrom(pictures) },
    doubts: doubtsOf(page, choices),
  };
}

/** http addresses, each once. */
function absolute(images: readonly Picture[], { url }: Page): Picture[] {
  const found = new Map<string, Picture>();
  for (const image of images) {
    const address = URL.parse(image.address.trim(), url.href);
    if (!address || !/^https?:$/.test(address.protocol) || address.href.length > MAX_ADDRESS || found.has(address.href)) continue;
    found.set(address.href, { address: address.href, source: image.source });
  }
  return [...found.values()].slice(0, MOST_IMAGES);
}

function imagesFrom([first]: readonly Picture[]): Product["sources"] {
  return first ? { images: { source: first.source, confidence: first.source === "page" ? PICTURE_SHOWN : PICTURE_STATED } } : {};
}

function doubtsOf({ isCut }: Page, choices: ReadonlyMap<Field, Choice>): Doubt[] {
  const price = choices.get("price");
  const amount = price ? Number(price.value) : null;
  const doubts: [Doubt, boolean][] = [
    ["price-negative", amount !== null && amount < 0],
    ["price-zero", amount === 0],
    ["price-absurd", amount !== null && !(Math.abs(amount) < ABSURD_PRICE)],
    ["price-disputed", price !== undefined && price.rival > 0.5],
    ["currency-unknown", price !== undefined && !choices.has("currency")],
    ["page-cut", isCut],
  ];
  return doubts.filter(([, holds]) => holds).map(([doubt]) => doubt);
}
