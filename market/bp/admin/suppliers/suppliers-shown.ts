import type { SupplierOverview } from "@rose-ash/shared/contracts/scrape-review.ts";
import type { FastifyInstance } from "fastify";
import { nextTime } from "../../../services/scraping/suppliers/cron.ts";
import type { SupplierConfig } from "../../../services/scraping/suppliers/supplier.ts";
import { RUN_WORDS } from "../scraping-words.ts";

/** A supplier as the pages show it. known null: no product and no run is known of it yet; config null: no file says how to read its pages. */
export interface SupplierShown {
  readonly slug: string;
  readonly name: string;
  readonly known: SupplierOverview | null;
  readonly config: SupplierConfig | null;
}

/** Those that a file describes or that were read once, by name; and the names of the others. */
export async function listShown(app: FastifyInstance): Promise<{ read: readonly SupplierShown[]; others: readonly SupplierShown[] }> {
  const known = await app.services.scrapeReview.listSuppliers();
  const configs = app.scrapedSuppliers.suppliers;
  const slugs = new Set([...known.map(({ slug }) => slug), ...configs.map(({ supplier }) => supplier)]);
  const all = [...slugs].map((slug) => shownOf(slug, known, configs)).sort((a, b) => a.name.localeCompare(b.name));
  const isRead = ({ known: row, config }: SupplierShown) => config !== null || row?.lastRun != null;
  return { read: all.filter(isRead), others: all.filter((one) => !isRead(one)) };
}

/** One of them; null: there is none of that name. */
export async function findShown(app: FastifyInstance, slug: string): Promise<SupplierShown | null> {
  const { read, others } = await listShown(app);
  return [...read, ...others].find((one) => one.slug === slug) ?? null;
}

/** Its last run, and when the next one begins, as templates say it. */
export function runsOf({ known, config }: SupplierShown, now: Date) {
  const last = known?.lastRun;
  return {
    last: last ? { id: last.id, at: last.finishedAt ?? last.askedAt, ...RUN_WORDS[last.state] } : null,
    nextAt: config?.schedule === undefined ? null : nextTime(config.schedule, now),
  };
}

function shownOf(slug: string, known: readonly SupplierOverview[], configs: readonly SupplierConfig[]): SupplierShown {
  const row = known.find((one) => one.slug === slug) ?? null;
  const config = configs.find(({ supplier }) => supplier === slug) ?? null;
  return { slug, name: row?.name ?? config?.name ?? slug, known: row, config };
}
