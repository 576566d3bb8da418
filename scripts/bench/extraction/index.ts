import { readFileSync } from "node:fs";
import { mayFetch, parseRobots } from "@rose-ash/shared/infrastructure/manners/index.ts";
import { currenciesOf, parsePrice } from "../../../market/services/scraping/index.ts";
import type { Row } from "../table.ts";
import { fitWeights } from "./fit.ts";
import { FOLDS, type ReadPage, readPages } from "./pages.ts";
import { f1, type ScoredField } from "./score.ts";
import { scrape } from "./scrape/index.ts";

/** In percent. The peers' own figures, as their benchmark published them on all its 140 pages: Zyte stands as the peer. */
const GOALS: readonly { field: ScoredField; goal: number | null; zyte: number | null; others: string }[] = [
  { field: "price", goal: 92, zyte: 91.8, others: "Diffbot 82.4, extruct 68.5" },
  { field: "sku", goal: 85, zyte: 84.1, others: "Diffbot 76.5, extruct 53.7" },
  { field: "availability", goal: 95, zyte: 95.7, others: "Diffbot 94.3, extruct 62.6" },
  { field: "currency", goal: null, zyte: null, others: "none published" },
  { field: "brand", goal: null, zyte: null, others: "none published" },
];
const PRICE_STRINGS_GOAL = 95;
const TYPICAL_MS = 100;

/** How well products, prices and robots.txt are read, on sets that are not the project's: whichever the environment names. */
export async function extraction(flags: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  const folder = named("PRODUCT_PAGES_DIR", "a folder with ground-truth.json and html/");
  if (folder) {
    const pages = readPages(folder);
    if (flags.includes("--weights")) process.stderr.write(`${JSON.stringify(fitWeights(pages), null, 2)}\n`);
    rows.push(...scored(pages), ...shownAlone(pages), ...timed(pages));
  }
  const strings = named("PRICE_STRINGS", "price-parser's examples as JSON");
  if (strings) rows.push(priceStrings(strings));
  const robots = named("ROBOTS_CASES", "google/robotstxt's cases as JSON");
  if (robots) rows.push(robotsCases(robots));
  rows.push(...(await scrape()));
  return rows;
}

function named(variable: string, what: string): string | undefined {
  const value = process.env[variable];
  if (!value) process.stderr.write(`not measured, since ${variable} is not set: ${what}\n`);
  return value;
}

/** Each page is judged with weights fitted on the shops of the other four parts. */
function fiveFold(field: ScoredField, pages: readonly ReadPage[]): number {
  const weights = Array.from({ length: FOLDS }, (_, fold) => fitWeights(pages.filter((page) => page.fold !== fold)));
  return 100 * f1(field, pages, ({ fold }) => weights[fold] ?? {});
}

function scored(pages: readonly ReadPage[]): Row[] {
  const shops = new Set(pages.map(({ shop }) => shop)).size;
  return GOALS.map(({ field, goal, zyte, others }) => {
    const ours = fiveFold(field, pages);
    const what = `F1 of ${field} (${pages.length} pages of ${shops} shops, five-fold by shop; peer: Zyte, published; ${others})`;
    return { what, ours, unit: "%", peer: zyte, goal: goal === null ? null : `>= ${goal} %`, ok: goal === null || ours >= goal };
  });
}

/** As if no page told machines a thing: what would be read at a shop without markup. */
function shownAlone(pages: readonly ReadPage[]): Row[] {
  const blind = pages.map((page) => ({
    ...page,
    candidates: page.candidates.filter(({ source }) => ["page", "url", "assumed"].includes(source)),
  }));
  return (["price", "sku", "availability"] as const).map((field) => ({
    what: `F1 of ${field}, all markup and scripts of the pages hidden`,
    ours: fiveFold(field, blind),
    unit: "%",
    peer: null,
    goal: null,
    ok: true,
  }));
}

function timed(pages: readonly ReadPage[]): Row[] {
  const times = pages.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  const row = (what: string, ours: number, goal: string | null): Row => ({
    what,
    ours,
    unit: "ms",
    peer: null,
    goal,
    ok: goal === null || ours < TYPICAL_MS,
  });
  return [
    row("one page read, all its fields: the median of all pages", at(0.5), `< ${TYPICAL_MS} ms`),
    row("one page read: the 90th percentile", at(0.9), null),
    row("one page read: the slowest (a shop's page of two million characters)", at(1), null),
  ];
}

function priceStrings(file: string): Row {
  const { cases }: { cases: { currency_raw: string | null; price_raw: string | null; currency: string | null; amount: string | null }[] } =
    JSON.parse(readFileSync(file, "utf8"));
  const right = cases.filter(({ currency_raw, price_raw, currency, amount }) => {
    const price = parsePrice(price_raw ?? "", { near: currency_raw });
    if (price === null || amount === null) return price === null && amount === null;
    return (
      Number(price.amount) === Number(amount) &&
      (currency === null ? price.currency === null : price.currency !== null && currenciesOf(currency).includes(price.currency))
    );
  });
  const ours = (100 * right.length) / cases.length;
  return {
    what: `price strings, amount and currency right (${right.length} of ${cases.length})`,
    ours,
    unit: "%",
    peer: null,
    goal: `>= ${PRICE_STRINGS_GOAL} %`,
    ok: ours >= PRICE_STRINGS_GOAL,
  };
}

function robotsCases(file: string): Row {
  const { cases }: { cases: { robots_txt: string; agent: string; url: string; allowed: boolean }[] } = JSON.parse(
    readFileSync(file, "utf8"),
  );
  const ours = cases.filter(({ robots_txt, agent, url, allowed }) => mayFetch(parseRobots(robots_txt), agent, url) === allowed).length;
  return {
    what: "robots.txt, cases of RFC 9309 right (peer: robots-parser 3.0.1, measured elsewhere)",
    ours,
    unit: "cases",
    peer: 126,
    goal: `${cases.length} cases`,
    ok: ours === cases.length,
  };
}
