import { takeRun } from "../../../../market/services/scraping/crawl/take-run.ts";
import { openScraping } from "../../../../market/services/scraping/runs/open-scraping.ts";

// One run of the supplier named, as the service's child does it. Says how long it took, what it held, and what it found.
const [, , slug = ""] = process.argv;
const { parts, suppliers, close } = openScraping(process.env);
const { crawling, scraping } = parts.services;
const { runId } = await parts.transaction(async (tx) =>
  scraping.askRun(tx, { supplierId: await crawling.supplierIdOf(tx, { slug, name: slug }), by: null }),
);
const began = performance.now();
const taken = await takeRun(parts, {
  suppliers: suppliers.suppliers,
  runId,
  leave: new AbortController().signal,
  onProgress: () => undefined,
});
const seconds = (performance.now() - began) / 1000;
const { counts } = await scraping.getRun(runId);
process.send?.({
  seconds,
  megabytes: process.resourceUsage().maxRSS / 1024,
  products: taken?.result.state === "complete" ? counts.products : 0,
});
await close();
process.disconnect();
