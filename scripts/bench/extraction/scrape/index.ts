import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateAll } from "@rose-ash/shared/infrastructure/migrate.ts";
import { WORKER_FLAGS } from "../../../../market/services/scraping/runs/worker-flags.ts";
import { startEmbeddedPg } from "../../../embedded-pg.ts";
import { ROOT } from "../../../processes.ts";
import { RUNS } from "../../site.ts";
import { median, type Row } from "../../table.ts";

const PRODUCTS = 2000;
const LISTS = 100;
const DELAY_SECONDS = 0.03;
/** What the pause alone costs: robots.txt, the lists and the products, one after another. */
const BOUND_SECONDS = (PRODUCTS + LISTS) * DELAY_SECONDS;
const GOAL = { timesBound: 1.05, megabytes: 250 };
const CRAWLEE = "@crawlee/cheerio@3.18.1";

interface Scraped {
  readonly seconds: number;
  readonly megabytes: number;
  readonly products: number;
}

/** A shop of two thousand products on this machine, read whole, by turns with Crawlee, which npm fetches for it. */
export async function scrape(): Promise<Row[]> {
  const work = mkdtempSync(join(tmpdir(), "rose-ash-scrape-"));
  const pg = await startEmbeddedPg(join(work, "pg"), { database: "rose_ash", durable: true });
  const shop = fork(join(import.meta.dirname, "shop-process.ts"), [String(PRODUCTS)]);
  try {
    await migrateAll(pg.url);
    const [origin] = (await once(shop, "message")) as [string];
    const peerFolder = installPeer();
    const [ours, peers]: [Scraped[], Scraped[]] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      ours.push(await scrapeOurs(work, pg.url, origin, `mill-${run}`));
      if (peerFolder) peers.push(await scrapePeer(peerFolder, origin));
    }
    return rowsOf(ours, peers);
  } finally {
    shop.kill();
    await pg.stop();
    rmSync(work, { recursive: true });
  }
}

async function scrapeOurs(work: string, url: string, origin: string, slug: string): Promise<Scraped> {
  const folder = join(work, slug);
  mkdirSync(folder);
  const lines = [`supplier: ${slug}`, `name: ${slug}`, `start: ["${origin}/groceries"]`];
  lines.push(
    'listing: { pages: ["/groceries?**"] }',
    'product: { pages: ["/products/*"] }',
    `rate: { delaySeconds: ${DELAY_SECONDS}, jitterSeconds: 0 }`,
  );
  writeFileSync(join(folder, "mill.yaml"), lines.join("\n"));
  const env = { ...process.env, DATABASE_URL: url, SUPPLIERS_DIR: folder, DEPLOYMENT: "development", SCRAPE_LOOPBACK: "on" };
  return resultOf(fork(join(import.meta.dirname, "ours.ts"), [slug], { env, execArgv: [...WORKER_FLAGS] }));
}

/** It pauses between requests to a domain, and takes an address for none. */
function scrapePeer(folder: string, origin: string): Promise<Scraped> {
  const named = origin.replace("127.0.0.1", "shop.mill.localhost");
  const execArgv = ["--import", join(ROOT, "scripts/localhost-dns.ts")];
  return resultOf(fork(join(import.meta.dirname, "crawlee.ts"), [folder, named, String(DELAY_SECONDS)], { execArgv }));
}

async function resultOf(child: ChildProcess): Promise<Scraped> {
  const said = once(child, "message") as Promise<[Scraped]>;
  const ended = once(child, "exit").then(() => null);
  const first = await Promise.race([said, ended]);
  if (first === null) throw new Error("a run ended without a figure");
  await ended;
  const [scraped] = first;
  if (scraped.products !== PRODUCTS) throw new Error(`${scraped.products} products were found instead of ${PRODUCTS}`);
  return scraped;
}

/** Crawlee is no dependency of ours: it is installed beside, once. Null: npm could not. */
function installPeer(): string | null {
  const folder = join(ROOT, ".data/bench/crawlee");
  if (existsSync(join(folder, "node_modules/@crawlee/cheerio"))) return folder;
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync("npm", ["install", "--prefix", folder, "--no-fund", "--no-audit", CRAWLEE], {
    stdio: ["ignore", "ignore", 2],
  });
  return status === 0 ? folder : null;
}

function rowsOf(ours: readonly Scraped[], peers: readonly Scraped[]): Row[] {
  const of = (all: readonly Scraped[], what: "seconds" | "megabytes") => (all.length > 0 ? median(all.map((one) => one[what])) : null);
  const shop = `a local shop of ${PRODUCTS.toLocaleString("en-GB")} products, one request each ${DELAY_SECONDS * 1000} ms (peer: ${CRAWLEE})`;
  const [seconds, megabytes] = [of(ours, "seconds") ?? Number.NaN, of(ours, "megabytes") ?? Number.NaN];
  const most = GOAL.timesBound * BOUND_SECONDS;
  return [
    {
      what: `scraping ${shop}: the pause alone is ${BOUND_SECONDS} s`,
      ours: seconds,
      unit: "s",
      peer: of(peers, "seconds"),
      goal: `<= ${most.toFixed(1)} s`,
      ok: seconds <= most,
    },
    {
      what: "scraping it: resident memory at most",
      ours: megabytes,
      unit: "MB",
      peer: of(peers, "megabytes"),
      goal: `< ${GOAL.megabytes} MB`,
      ok: megabytes < GOAL.megabytes,
    },
  ];
}
