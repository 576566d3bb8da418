import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Candidate, findCandidates } from "../../../market/services/scraping/index.ts";
import { median } from "../table.ts";

const RUNS = 3;
/** How many parts the shops are dealt into. */
export const FOLDS = 5;

/** What people found on a page, by field; of several values each is right. */
export type Truth = Readonly<Record<string, readonly string[]>>;

/** A page of the set, read. shop: its domain without what stands before and after it, since a shop has one template in all countries. */
export interface ReadPage {
  readonly truth: Truth;
  readonly shop: string;
  readonly fold: number;
  readonly candidates: readonly Candidate[];
  readonly milliseconds: number;
}

/** Reads the set in a folder: ground-truth.json and html/<id>.html.gz, as scrapinghub/product-extraction-benchmark has them. */
export function readPages(folder: string): ReadPage[] {
  const truths: Record<string, Truth & { readonly url: string }> = JSON.parse(readFileSync(join(folder, "ground-truth.json"), "utf8"));
  const folds = dealShops(Object.values(truths).map(({ url }) => shopOf(url)));
  const read = (id: string, { url, ...truth }: Truth & { readonly url: string }): ReadPage => {
    const html = gunzipSync(readFileSync(join(folder, "html", `${id}.html.gz`)));
    const times: number[] = [];
    let candidates: readonly Candidate[] = [];
    for (let run = 0; run < RUNS; run++) {
      const began = performance.now();
      ({ candidates } = findCandidates(html, url, {}));
      times.push(performance.now() - began);
    }
    const shop = shopOf(url);
    return { truth, shop, fold: folds.get(shop) ?? 0, candidates, milliseconds: median(times) };
  };
  return Object.entries(truths).map(([id, truth]) => read(id, truth));
}

/** "www.shop.co.uk" and "shop.com" are one shop. */
export function shopOf(url: string): string {
  const labels = new URL(url).hostname.split(".").slice(0, -1);
  if (labels.length > 1 && /^(?:co|com|org|net)$/.test(labels.at(-1) ?? "")) labels.pop();
  return labels.at(-1) ?? "";
}

/** The shop with the most pages first, each into the part that has the fewest: no shop is in two. */
export function dealShops(shops: readonly string[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const shop of shops) sizes.set(shop, (sizes.get(shop) ?? 0) + 1);
  const load = Array.from({ length: FOLDS }, () => 0);
  const folds = new Map<string, number>();
  for (const [shop, size] of [...sizes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))) {
    const fold = load.indexOf(Math.min(...load));
    load[fold] = (load[fold] ?? 0) + size;
    folds.set(shop, fold);
  }
  return folds;
}
