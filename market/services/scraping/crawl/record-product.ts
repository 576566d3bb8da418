import type { RunInHand } from "@rose-ash/shared/contracts/crawling.ts";
import type { ScrapingService } from "@rose-ash/shared/contracts/scraping.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { Doubt } from "../product.ts";
import type { ReadProduct } from "./product-on-page.ts";

/** Prices that nobody takes over unseen. */
const HELD: Readonly<Partial<Record<Doubt, string>>> = {
  "price-negative": "is negative",
  "price-zero": "is nothing",
  "price-absurd": "is absurd",
  "price-disputed": "is another elsewhere on the page",
};

interface Recorded {
  readonly read: Exclude<ReadProduct, { kind: "captcha" }>;
  readonly pageUrl: string;
  readonly scraping: ScrapingService;
}

/** Writes down what a product's page says, and what of it is worth a line of the report. Gives how many products that were. */
export async function recordProduct(tx: Tx, hand: RunInHand, { read, pageUrl, scraping }: Recorded): Promise<number> {
  const note = (kind: Parameters<ScrapingService["note"]>[2]["kind"], words: string) =>
    scraping.note(tx, hand.runId, { kind, url: pageUrl, words });
  if (read.brokenScripts > 0) await note("broken-json-ld", "Its JSON-LD is broken, and was read as far as it goes.");
  if (read.kind === "no-product") {
    await note("no-product", "No product with a name and a price or a number was found on it.");
    return 0;
  }
  const { seen } = read;
  const result = await scraping.recordSeen(tx, hand, { ...seen, pageUrl, supplierId: hand.supplierId });
  if (result.kind === "duplicate") {
    await note("duplicate-sku", `It has the number ${seen.sku}, as ${result.url} has: that one stays.`);
    return 0;
  }
  if (read.isAssumedSku) await note("no-sku", "It names no number: its address stands for one.");
  for (const doubt of seen.doubts) {
    const words = HELD[doubt as Doubt];
    if (words !== undefined)
      await note("price-held", `The price ${String(seen.fields.price?.value ?? "")} ${words}: a person has to look.`);
  }
  return 1;
}
