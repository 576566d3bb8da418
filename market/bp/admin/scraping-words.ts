import type { Drift } from "@rose-ash/shared/models/scrape-findings.ts";
import type { EntryKind, RunState } from "@rose-ash/shared/models/scraping.ts";

type Tone = "" | "leaf" | "amber" | "brick";

/** The states of a run as badges say them. */
export const RUN_WORDS: Readonly<Record<RunState, { text: string; tone: Tone }>> = {
  waiting: { text: "Waiting", tone: "amber" },
  running: { text: "Under way", tone: "amber" },
  paused: { text: "Paused", tone: "amber" },
  complete: { text: "Complete", tone: "leaf" },
  incomplete: { text: "Incomplete", tone: "amber" },
  stopped: { text: "Stopped", tone: "" },
  failed: { text: "Failed", tone: "brick" },
};

/** What a run reports, in a few words. */
export const ENTRY_WORDS: Readonly<Record<EntryKind, string>> = {
  captcha: "Asked whether we are human",
  unreachable: "Did not answer",
  slow: "Too slow",
  busy: "Asked us to wait",
  "not-public": "Not of the open internet",
  robots: "Asked not to be read",
  "robots-cut": "A very long robots.txt",
  status: "Answered with an error",
  gone: "Gone",
  "redirect-loop": "Leads round in circles",
  "redirect-elsewhere": "Leads to another site",
  "too-large": "Too large",
  "wrong-type": "No page",
  "broken-json-ld": "Broken data in the page",
  "no-product": "No product found",
  "price-held": "Prices to look at",
  "duplicate-sku": "One number for two things",
  "no-sku": "No number",
  "endless-pagination": "Pages without end",
  limit: "A limit was reached",
  "many-missing": "Too much was missing",
  missing: "Missing",
  fault: "A fault of ours",
};

const FIELD_WORDS: Readonly<Record<string, string>> = {
  ...{
    name: "Name",
    brand: "Brand",
    price: "Price",
    priceMinor: "Price",
    costMinor: "What we pay",
    currency: "Currency",
    gtin: "Number on the packet",
  },
  ...{ availability: "Availability", ingredients: "Ingredients", images: "Pictures", products: "Products" },
};

/** What people call a field that is read from pages. */
export function fieldWords(field: string): string {
  return FIELD_WORDS[field] ?? field;
}

/** "98 %" of 0.98. */
function percentWords(part: number): string {
  return `${Math.round(part * 100)} %`;
}

/** What an alarm says, a sentence for each field. */
export function driftWords(drifts: readonly Drift[]): readonly string[] {
  return drifts.map(({ field, share, usual }) =>
    field === "products"
      ? `Only ${percentWords(share)} of the usual number of products were found.`
      : `${fieldWords(field)}: on ${percentWords(share)} of the products, usually on ${percentWords(usual)}.`,
  );
}
