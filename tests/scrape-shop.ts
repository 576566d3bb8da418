import { OPEN_INTERNET } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import type { ScrapeRunId } from "@rose-ash/shared/models/ids.ts";
import type { CrawlResult } from "../market/services/scraping/crawl/crawl.ts";
import type { CrawlParts } from "../market/services/scraping/crawl/parts.ts";
import { takeRun } from "../market/services/scraping/crawl/take-run.ts";
import { readSupplier } from "../market/services/scraping/suppliers/load-suppliers.ts";
import type { SupplierConfig } from "../market/services/scraping/suppliers/supplier.ts";
import type { TestApp } from "./app.ts";
import type { TestShop } from "./test-shop/index.ts";

/** How a crawler reaches shops on this machine's loopback, in a hurry. */
export function partsFor({ app, services }: TestApp, more: Partial<CrawlParts> = {}): CrawlParts {
  const isPublic = (address: string) => address === "127.0.0.1" || OPEN_INTERNET.isPublic(address);
  return {
    ...{ services, transaction: app.transaction, outside: { ...OPEN_INTERNET, isPublic }, contact: "https://market.example/" },
    ...{ retrySeconds: 0.02, random: () => 0.5, report: (error: unknown) => void process.stderr.write(`${String(error)}\n`), ...more },
  };
}

/** The supplier that a shop's file describes; lines are added to it. */
export function supplierOf(shop: TestShop, slug: string, lines = ""): SupplierConfig {
  const read = readSupplier(`${slug}.yaml`, shop.supplierFile(slug, lines));
  if (typeof read === "string") throw new Error(read);
  return read;
}

/** Asks for a run of a supplier, and does it. */
export async function scrape(
  site: TestApp,
  supplier: SupplierConfig,
  { leave = new AbortController().signal, parts = partsFor(site) }: { leave?: AbortSignal; parts?: CrawlParts } = {},
): Promise<{ runId: ScrapeRunId; result: CrawlResult }> {
  const { runId } = await site.app.transaction(async (tx) => {
    const supplierId = await site.services.crawling.supplierIdOf(tx, { slug: supplier.supplier, name: supplier.name });
    return site.services.scraping.askRun(tx, { supplierId, by: null });
  });
  const taken = await takeRun(parts, { suppliers: [supplier], runId, leave, onProgress: () => undefined });
  if (!taken) throw new Error("another process has the run");
  return { runId, result: taken.result };
}
