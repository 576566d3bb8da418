import type { FindingFieldView, FindingView } from "@rose-ash/shared/contracts/scrape-review.ts";
import { compareTexts, type Part } from "@rose-ash/shared/infrastructure/compare-texts.ts";
import type { AvailabilitySaid, FindingDoubt } from "@rose-ash/shared/models/scrape-findings.ts";
import { fieldWords } from "../scraping-words.ts";

/** A value in words; minor: of money, for templates to write it in its currency. */
export interface Side {
  readonly text: string;
  readonly minor: number | null;
}

/** A field as the pages show it: before and after in words, or, of a longer text, what became of it word by word. */
export interface FieldLine {
  readonly field: string;
  readonly label: string;
  readonly before: Side;
  readonly after: Side;
  readonly parts: readonly Part[] | null;
  /** How far a price moved: "+5 %"; "" elsewhere. */
  readonly moved: string;
  readonly readFrom: string;
  readonly doubt: string;
  readonly canTake: boolean;
  readonly decision: FindingFieldView["decision"];
  readonly rule: string;
  readonly reason: string;
  readonly by: string;
  readonly decidedAt: Date | null;
  readonly ours: { readonly value: Side; readonly by: string; readonly reason: string } | null;
}

const DOUBT_WORDS: Readonly<Record<FindingDoubt, string>> = {
  "price-negative": "A price below nothing is none.",
  "price-zero": "The page says it costs nothing.",
  "price-absurd": "No thing in the shop costs that much.",
  "price-disputed": "The page gives another price just as clearly.",
  "price-jump": "The price moved further than it may unseen.",
  "currency-unknown": "The page does not say in which currency.",
  "other-currency": "This is another currency than ours.",
  "page-cut": "The page was too large to be read whole.",
  "duplicate-sku": "Two pages gave this number to different things; this is the first.",
  "gtin-taken": "Another product of ours has this number on its packet.",
  unsure: "The page hardly says so.",
  unreadable: "This can’t stand in the shop as it is.",
};

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  "site-rule": "the place that our rules name",
  "json-ld": "the page’s data (JSON-LD)",
  microdata: "the page’s data (microdata)",
  rdfa: "the page’s data (RDFa)",
  "open-graph": "the page’s data for previews",
  state: "the page’s program",
  page: "the text of the page",
  url: "the page’s address",
  assumed: "nothing: it was assumed",
};
/** Said by the run itself, and not by a page. */
const OF_THE_RUN: Readonly<Record<string, string>> = {
  missing: "A complete run did not find it.",
  seen: "It is on their pages again.",
};

/** A finding's fields in words. */
export function linesOf(finding: FindingView): readonly FieldLine[] {
  return finding.fields.map((one) => {
    const isText =
      one.canTake && typeof one.before === "string" && one.before !== "" && typeof one.after === "string" && one.field !== "gtin";
    const { field, canTake, decision, rule, reason, by, decidedAt, override } = one;
    return {
      ...{ field, canTake, decision, rule, reason, by, decidedAt },
      label: fieldWords(field),
      before: field === "availability" ? inWords(stockWords(one.before)) : sideOf(field, one.before),
      after: field === "availability" ? inWords(availabilityWords(one.after, one.before)) : sideOf(field, one.after),
      parts: isText ? compareTexts(String(one.before), String(one.after)) : null,
      moved: isMoney(field) ? movedWords(one.before, one.after) : "",
      readFrom: OF_THE_RUN[one.source] ?? `Read from ${SOURCE_WORDS[one.source] ?? one.source}, ${one.confidencePercent} % sure.`,
      doubt: one.doubt === "" ? "" : DOUBT_WORDS[one.doubt],
      ours: override && { value: sideOf(field, override.value), by: override.by, reason: override.reason },
    };
  });
}

/** The doubts about all of a finding, in words. */
export function doubtWords(doubts: readonly FindingDoubt[]): readonly string[] {
  return doubts.map((doubt) => DOUBT_WORDS[doubt]);
}

function isMoney(field: string): boolean {
  return field === "priceMinor" || field === "costMinor";
}

function sideOf(field: string, value: unknown): Side {
  if (isMoney(field) && typeof value === "number") return { text: "", minor: value };
  return inWords(value === null || value === undefined || value === "" ? "nothing" : String(value));
}

function inWords(text: string): Side {
  return { text, minor: null };
}

function movedWords(before: unknown, after: unknown): string {
  if (typeof before !== "number" || typeof after !== "number" || before <= 0) return "";
  const percent = ((after - before) / before) * 100;
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  return `${percent > 0 ? "+" : "−"}${Math.abs(percent).toFixed(digits).replace(/\.0$/, "")} %`;
}

function stockWords(before: unknown): string {
  const { stock, setAside } = numbersIn(before);
  if (stock === null) return "nothing";
  return setAside > 0 ? `${stock} on the shelf; ${setAside} when it went` : `${stock} on the shelf`;
}

function availabilityWords(after: unknown, before: unknown): string {
  const said = saidIn(after);
  const word = said.said === "" ? "" : ` (${said.said})`;
  if (said.is === "gone") return "gone from their pages";
  if (said.is === "unavailable") return `not to be had${word}`;
  const { setAside } = numbersIn(before);
  return `to be had${setAside > 0 ? ` again: ${setAside} on the shelf` : ""}${word}`;
}

function saidIn(value: unknown): AvailabilitySaid {
  const whole = typeof value === "object" && value !== null ? value : {};
  const is = "is" in whole && (whole.is === "gone" || whole.is === "unavailable") ? whole.is : "available";
  return { is, said: "said" in whole && typeof whole.said === "string" ? whole.said : "" };
}

function numbersIn(value: unknown): { stock: number | null; setAside: number } {
  const whole = typeof value === "object" && value !== null ? value : {};
  const stock = "stock" in whole && typeof whole.stock === "number" ? whole.stock : null;
  return { stock, setAside: "setAside" in whole && typeof whole.setAside === "number" ? whole.setAside : 0 };
}
