import { parseArgs } from "node:util";
import type { ScrapeRun, ScrapingService } from "@rose-ash/shared/contracts/scraping.ts";
import type { ScrapeRunId } from "@rose-ash/shared/models/ids.ts";
import { type TakenRun, takeRun } from "../crawl/take-run.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";
import { type OpenScraping, openScraping } from "./open-scraping.ts";
import { makeProgress } from "./progress.ts";

/** What the process ends with: a script can tell a run that saw everything from one that did not. */
const EXIT = { complete: 0, incomplete: 1, failed: 1, stopped: 1, lost: 1, released: 1, paused: 130 } as const;
const ELSEWHERE = 3;
const MOST_LINES = 20;

/** Reads a supplier's pages, and says what came of it. args: the supplier's short name, perhaps --resume. Throws a sentence on what is wrong with them. */
export async function scrapeByHand(args: readonly string[]): Promise<{ text: string; exitCode: number }> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { resume: { type: "boolean", default: false } },
  });
  const [slug, ...more] = positionals;
  if (slug === undefined || more.length > 0) throw new Error("name one supplier: scrape SUPPLIER [--resume]; `suppliers` lists them");
  const scraping = openScraping(process.env);
  try {
    return await run(scraping, find(scraping, slug), values.resume);
  } finally {
    await scraping.close();
  }
}

function find({ suppliers: { suppliers, faults } }: OpenScraping, slug: string): SupplierConfig {
  const found = suppliers.find(({ supplier }) => supplier === slug);
  if (found) return found;
  const names = suppliers.map(({ supplier }) => supplier).join(", ") || "none";
  throw new Error([`no file describes a supplier ${slug}; there are: ${names}`, ...faults].join("\n"));
}

async function run({ parts }: OpenScraping, supplier: SupplierConfig, isResume: boolean): Promise<{ text: string; exitCode: number }> {
  const { runId, isNew } = await open(parts, supplier, isResume);
  const leaving = new AbortController();
  const leave = () => leaving.abort("pause"); // a terminal sends it to us and to whoever started us, who sends it on: once is enough
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, leave);
  const progress = makeProgress(process.stderr);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  say(`${supplier.name}: run ${runId} ${isNew ? "begins" : "goes on"}; Ctrl-C leaves it to be taken up again`);
  const taken = await takeRun(parts, { suppliers: [supplier], runId, leave: leaving.signal, onProgress: progress.show });
  progress.end();
  if (taken === null) return { text: `run ${runId} is in another process's hands: let it, or stop it at /admin`, exitCode: ELSEWHERE };
  return { text: await reportOf(taken, parts.services.scraping), exitCode: EXIT[taken.result.state] };
}

/** The run to do: a new one, the one that waits, or, where that is asked for, the one that was left. */
async function open(
  { services, transaction }: OpenScraping["parts"],
  { supplier: slug, name }: SupplierConfig,
  isResume: boolean,
): Promise<{ runId: ScrapeRunId; isNew: boolean }> {
  return transaction(async (tx) => {
    const supplierId = await services.crawling.supplierIdOf(tx, { slug, name });
    const { kind, runId } = await services.scraping.askRun(tx, { supplierId, by: null });
    if (kind === "asked") {
      if (isResume) throw new Error(`no run of ${slug} was left in the middle: leave --resume away to begin one`);
      return { runId, isNew: true };
    }
    const isPaused = await services.scraping.resumeRun(tx, runId);
    if (isPaused && !isResume) throw new Error(`run ${runId} of ${slug} was left in the middle: --resume goes on with it`);
    return { runId, isNew: false };
  });
}

async function reportOf({ runId, supplier, result }: TakenRun, scraping: ScrapingService): Promise<string> {
  if (result.state === "paused") return `run ${runId} is left where it is: npm run market -- scrape ${supplier.supplier} --resume goes on`;
  const [found, entries] = [await scraping.getRun(runId), await scraping.listEntries(runId, null)];
  const lines = entries.slice(0, MOST_LINES).map(({ kind, url, words }) => `  ${kind}: ${words}${url === "" ? "" : ` ${url}`}`);
  if (entries.length > MOST_LINES) lines.push(`  … and ${entries.length - MOST_LINES} lines more`);
  return [`run ${runId} ${found.state}: ${found.ending}`, countsOf(found), ...lines].join("\n");
}

function countsOf({ counts, startedAt, finishedAt }: ScrapeRun): string {
  const seconds = Math.round(((finishedAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0)) / 1000);
  const { products, fetched, unchanged, refused, failed, bytes } = counts;
  return `${products} products; pages: ${fetched} read, ${unchanged} unchanged, ${refused} no use, ${failed} failed; ${(bytes / 1_000_000).toFixed(1)} MB in ${seconds} s`;
}
