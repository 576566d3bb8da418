import { randomUUID } from "node:crypto";
import type { CrawlableSupplier, RunProgress } from "@rose-ash/shared/contracts/crawling.ts";
import type { ScrapeRunId } from "@rose-ash/shared/models/ids.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";
import { type CrawlResult, crawl } from "./crawl.ts";
import type { CrawlParts } from "./parts.ts";

export interface TakeOptions {
  readonly suppliers: readonly SupplierConfig[];
  /** Only this one; null: whichever waits longest. */
  readonly runId: ScrapeRunId | null;
  readonly leave: AbortSignal;
  readonly onProgress: (progress: RunProgress, supplier: SupplierConfig) => void;
}

export interface TakenRun {
  readonly runId: ScrapeRunId;
  readonly supplier: SupplierConfig;
  readonly result: CrawlResult;
}

/** Takes a run that waits, or that somebody left, and does it. Null: there is none. */
export async function takeRun(parts: CrawlParts, { suppliers, runId, leave, onProgress }: TakeOptions): Promise<TakenRun | null> {
  const { services, transaction } = parts;
  const ids = await services.crawling.findSuppliers(suppliers.map(({ supplier }) => supplier));
  const bySupplier = new Map(suppliers.map((supplier) => [ids.get(supplier.supplier), supplier]));
  const crawlable = [...bySupplier].flatMap(([id, supplier]) => (id === undefined ? [] : [crawlableOf(id, supplier)]));
  const hand = await transaction((tx) => services.crawling.claimRun(tx, { holder: randomUUID(), suppliers: crawlable, runId }));
  const supplier = hand && bySupplier.get(hand.supplierId);
  if (!hand || !supplier) return null;
  const result = await crawl(hand, parts, { supplier, leave, onProgress: (progress) => onProgress(progress, supplier) });
  return { runId: hand.runId, supplier, result };
}

function crawlableOf(supplierId: number, { digest, accept, prices }: SupplierConfig): CrawlableSupplier {
  return { supplierId, configDigest: digest, rules: { ...accept, prices } };
}
