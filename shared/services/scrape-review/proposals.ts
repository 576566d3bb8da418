import { productFields } from "../../contracts/product-fields.ts";
import type { AvailabilitySaid, FindingDoubt, FindingField } from "../../models/scrape-findings.ts";
import { FINDING_DOUBTS } from "../../models/scrape-findings.ts";
import type { ScrapedField, ScrapedFieldName, ScrapedFields } from "../../models/scraping.ts";

/** What a supplier's page says of one field, as the shelf would hold it; where canTake is false, in the page's own words. */
export interface Proposal {
  readonly field: FindingField;
  readonly after: unknown;
  readonly canTake: boolean;
  readonly source: string;
  readonly confidencePercent: number;
  readonly doubt: FindingDoubt | "";
}

/** In which new things are sold. */
export const SHELF_CURRENCY = "GBP";
/** What is less sure than this a person looks at. */
const SURE_ENOUGH = 0.5;
const MOST_SAID = 200;
/** Words of schema.org under which a shop can have it now. */
const TO_BE_HAD: ReadonlySet<string> = new Set(["InStock", "LimitedAvailability", "OnlineOnly", "MadeToOrder"]);
const TEXTS = ["name", "brand", "gtin", "ingredients"] as const;

/** How a supplier's prices are to be read: in the currency of the shelf, as which field. */
export interface PriceReading {
  readonly currency: string;
  readonly field: PriceField;
}
export type PriceField = "priceMinor" | "costMinor";

/** What a record says, field by field. doubts: the record's; those about the price stand at the price. */
export function proposalsOf(fields: ScrapedFields, doubts: readonly string[], prices: PriceReading): readonly Proposal[] {
  const proposals = [...TEXTS.map((field) => textOf(field, fields[field])), priceOf(fields, doubts, prices), availabilityOf(fields)];
  return proposals.flatMap((proposal) => proposal ?? []);
}

/** The doubts of a record that are about all of it. */
export function doubtsOfPage(doubts: readonly string[]): FindingDoubt[] {
  return FINDING_DOUBTS.filter((doubt) => doubts.includes(doubt) && !/^(?:price|currency)-/.test(doubt));
}

function textOf(field: (typeof TEXTS)[number] & ScrapedFieldName, said: ScrapedField | undefined): Proposal | null {
  const text = said && wordsOf(said);
  if (!said || !text) return null;
  const read = productFields.shape[field].safeParse(text);
  const doubt = read.success ? unsure(said) : "unreadable";
  const after = read.success ? read.data : text.slice(0, MOST_SAID);
  return { field, after, canTake: read.success, source: said.source, confidencePercent: percentOf(said), doubt };
}

function priceOf(
  { price, currency: stated }: ScrapedFields,
  doubts: readonly string[],
  { currency, field }: PriceReading,
): Proposal | null {
  const text = price && wordsOf(price);
  if (!price || !text) return null;
  const { source } = price;
  const confidencePercent = percentOf(price);
  const theirs = stated ? wordsOf(stated) : "";
  const minor = minorOf(text);
  const refuse = (doubt: FindingDoubt): Proposal => ({
    ...{ field, after: `${text} ${theirs}`.trim().slice(0, MOST_SAID), canTake: false, source, confidencePercent, doubt },
  });
  if (minor === null) return refuse("unreadable");
  if (minor < 0) return refuse("price-negative");
  if (theirs !== "" && theirs !== currency) return refuse("other-currency");
  if (!productFields.shape[field].safeParse(minor).success) return refuse("price-absurd");
  const doubt: FindingDoubt | "" =
    minor === 0 ? "price-zero" : doubts.includes("price-disputed") ? "price-disputed" : theirs === "" ? "currency-unknown" : unsure(price);
  return { field, after: minor, canTake: true, source, confidencePercent, doubt };
}

/** What was only assumed is not said. */
function availabilityOf({ availability }: ScrapedFields): Proposal | null {
  if (!availability || availability.source === "assumed") return null;
  const said = wordsOf(availability).slice(0, MOST_SAID);
  const after: AvailabilitySaid = { is: TO_BE_HAD.has(said) ? "available" : "unavailable", said };
  const { source } = availability;
  return { field: "availability", after, canTake: true, source, confidencePercent: percentOf(availability), doubt: unsure(availability) };
}

/** Of a decimal string; exact, and half a penny goes up. */
function minorOf(text: string): number | null {
  const [, sign, whole = "", part = ""] = /^(-?)(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  if (sign === undefined) return null;
  const minor = Number(whole) * 100 + Math.round(Number(`0.${part || "0"}`) * 100);
  return sign === "-" ? -minor : minor;
}

function unsure({ confidence }: ScrapedField): FindingDoubt | "" {
  return confidence < SURE_ENOUGH ? "unsure" : "";
}

function percentOf({ confidence }: ScrapedField): number {
  return Math.round(confidence * 100);
}

function wordsOf({ value }: ScrapedField): string {
  return (typeof value === "string" ? value : value.join(", ")).replaceAll("\u0000", "").trim();
}
