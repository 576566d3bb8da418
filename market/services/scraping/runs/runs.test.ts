import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { partsFor, scrape, supplierOf } from "../../../../tests/scrape-shop.ts";
import { openTestShop, type TestShop } from "../../../../tests/test-shop/index.ts";
import { takeRun } from "../crawl/take-run.ts";
import { askDue } from "./ask-due.ts";

const SLOW = "rate: { delaySeconds: 0.05, jitterSeconds: 0 }";
const site = await openTestApp("market");
const folder = mkdtempSync(join(tmpdir(), "rose-ash-suppliers-"));
let shop: TestShop;
let slug = "";
let shops = 0;
beforeEach(async () => {
  await shop?.close();
  shop = await openTestShop(24);
  slug = `barn-${++shops}`;
});
afterAll(async () => {
  await shop?.close();
  await site.close();
  rmSync(folder, { recursive: true });
});

const ask = () =>
  site.app.transaction(async (tx) => {
    const supplierId = await site.services.crawling.supplierIdOf(tx, { slug, name: slug });
    return site.services.scraping.askRun(tx, { supplierId, by: null });
  });
const take = (leave = new AbortController().signal) =>
  takeRun(partsFor(site), { suppliers: [supplierOf(shop, slug, SLOW)], runId: null, leave, onProgress: () => undefined });
const until = async (holds: () => boolean | Promise<boolean>) => expect.poll(holds, { timeout: 15_000, interval: 20 }).toBe(true);
const pagesAsked = () => shop.asked.filter(({ path }) => path !== "/robots.txt").map(({ path }) => path);

/** A process of its own, as the service forks one. */
function aWorker(): ChildProcess {
  writeFileSync(join(folder, `${slug}.yaml`), shop.supplierFile(slug, SLOW));
  const env = {
    PATH: process.env["PATH"],
    DEPLOYMENT: "development",
    SCRAPE_LOOPBACK: "on",
    SUPPLIERS_DIR: folder,
    DATABASE_URL: site.app.runtime.config.DATABASE_URL,
  };
  return fork(join(import.meta.dirname, "worker.ts"), { env, execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
}

it("goes on after kill -9 with the pages it had in hand: nothing is fetched twice but those, and nothing is lost", {
  timeout: 40_000,
}, async () => {
  const { runId } = await ask();
  const worker = aWorker();
  await until(() => pagesAsked().length >= 10);
  worker.kill("SIGKILL");
  await once(worker, "exit");
  expect(await take()).toBeNull(); // its hold has not run out
  await site.db.execute(sql`update scrape_runs set held_until = now() where id = ${runId}`);
  const taken = await take();
  expect([taken?.runId, taken?.result.state]).toEqual([runId, "complete"]);
  expect((await site.services.scraping.getRun(runId)).counts).toMatchObject({ listed: 24, products: 24 });
  expect(pagesAsked().length).toBeLessThanOrEqual(26 + 2); // one that was being asked for, one that was being written down
  expect(new Set(pagesAsked()).size).toBe(26);
});

it("is given back when its process is told to end, and whoever comes next has it at once", { timeout: 40_000 }, async () => {
  const { runId } = await ask();
  const worker = aWorker();
  await until(() => pagesAsked().length >= 5);
  worker.kill("SIGTERM");
  expect(await once(worker, "exit")).toEqual([0, null]);
  const taken = await take();
  expect([taken?.runId, taken?.result.state]).toEqual([runId, "complete"]);
});

it("is done once, however many processes look for it", { timeout: 20_000 }, async () => {
  await ask();
  const taken = await Promise.all([take(), take(), take()]);
  expect(taken.flatMap((one) => one?.result.state ?? [])).toEqual(["complete"]);
  expect(pagesAsked()).toHaveLength(26);
});

it("that another process took over is left by the first, which writes nothing more", { timeout: 20_000 }, async () => {
  const { runId } = await ask();
  const first = take();
  await until(() => pagesAsked().length >= 5);
  await site.db.execute(sql`update scrape_runs set held_until = now() where id = ${runId}`);
  const second = take();
  expect((await first)?.result.state).toBe("lost");
  expect((await second)?.result.state).toBe("complete");
  const { counts } = await site.services.scraping.getRun(runId);
  expect(counts).toMatchObject({ fetched: 26, products: 24 });
});

it("that is paused waits for somebody to have it go on; meanwhile no other begins", { timeout: 20_000 }, async () => {
  const { runId } = await ask();
  const leaving = new AbortController();
  const first = take(leaving.signal);
  await until(() => pagesAsked().length >= 5);
  leaving.abort("pause");
  expect((await first)?.result).toEqual({ state: "paused" });
  expect(await take()).toBeNull();
  expect(await ask()).toEqual({ kind: "under-way", runId });
  expect(await site.app.transaction((tx) => site.services.scraping.resumeRun(tx, runId))).toBe(true);
  await site.db.execute(sql`update scrape_runs set started_at = now() - interval '3 days' where id = ${runId}`); // the night is no part of its minutes
  expect((await take())?.result.state).toBe("complete");
});

it("that is stopped ends with the page in hand, and nothing is missing", { timeout: 30_000 }, async () => {
  await scrape(site, supplierOf(shop, slug));
  shop.products.splice(0, 2);
  const { runId } = await ask();
  const running = take();
  await until(() => pagesAsked().length >= 30);
  await site.app.transaction((tx) => site.services.scraping.stopRun(tx, runId));
  expect((await running)?.result).toMatchObject({ state: "stopped" });
  expect(await site.services.scraping.getRun(runId)).toMatchObject({ state: "stopped", ending: "Stopped by hand." });
  const missing = await site.db.execute(sql`select 1 from scrape_records where missing_since_run = ${runId}`);
  expect(missing.rows).toEqual([]);
});

it("that is stopped while nobody has it in hand is compared as far as it came", { timeout: 30_000 }, async () => {
  const { runId } = await ask();
  const leaving = new AbortController();
  const first = take(leaving.signal);
  await until(() => pagesAsked().length >= 10);
  leaving.abort("pause");
  await first;
  await site.app.transaction((tx) => site.services.scraping.stopRun(tx, runId));
  const stopped = await site.services.scraping.getRun(runId);
  expect(stopped).toMatchObject({ state: "stopped", ending: "Stopped by hand." });
  expect(stopped.found["products"]).toBe(stopped.counts.products);
  expect((await site.services.scrapeReview.countWaiting({ supplierId: stopped.supplierId, runId })).new).toBe(stopped.counts.products);
});

it("gives up a page that took its process with it each time, and sees the others", { timeout: 20_000 }, async () => {
  const { runId } = await ask();
  const leaving = new AbortController();
  const first = take(leaving.signal);
  await until(() => pagesAsked().length >= 5);
  leaving.abort("release");
  await first;
  const url = shop.origin + shop.products[9]?.path;
  await site.db.execute(sql`update scrape_pages set attempts = 8 where run_id = ${runId} and url = ${url}`);
  const report: string[] = [];
  const parts = partsFor(site, { report: (error, page) => void report.push(`${page} ${String(error)}`) });
  const taken = await takeRun(parts, {
    suppliers: [supplierOf(shop, slug, SLOW)],
    runId,
    leave: new AbortController().signal,
    onProgress: () => undefined,
  });
  expect(taken?.result).toMatchObject({ state: "incomplete", ending: expect.stringContaining(url) });
  expect(report).toEqual([`${url} Error: the page makes its process fall over`]);
  expect((await site.services.scraping.getRun(runId)).counts).toMatchObject({ products: 23, failed: 1 });
});

it("has the pause of its host kept by all processes together", { timeout: 20_000 }, async () => {
  const [one, other] = [slug, `${slug}-too`];
  const both = [one, other].map((name) => scrape(site, supplierOf(shop, name, SLOW)));
  await Promise.all(both);
  const times = shop.asked.map(({ at }) => at);
  const took = (times.at(-1) ?? 0) - (times[0] ?? 0);
  expect(took).toBeGreaterThan((shop.asked.length - 1) * 50 * 0.9);
});

it("begins when its time has come, once, and catches up with what came while nothing ran", async () => {
  const supplier = supplierOf(shop, slug, 'schedule: "30 4 * * *"');
  const parts = partsFor(site);
  const runs = async () => {
    const id = (await site.services.crawling.findSuppliers([slug])).get(slug);
    return id === undefined ? 0 : (await site.services.scraping.listRuns({ supplierId: id, page: 1 })).total;
  };
  await askDue(parts, [supplier], new Date("2026-11-02T09:00:00Z"));
  expect(await runs()).toBe(0); // never read, and its time is long past
  await Promise.all([1, 2, 3].map(() => askDue(parts, [supplier], new Date("2026-11-03T04:31:00Z"))));
  expect(await runs()).toBe(1);
  const end = () =>
    site.db.execute(sql`update scrape_runs set state = 'complete', asked_at = '2026-11-03T04:31:00Z' where state = 'waiting'`);
  await end();
  await askDue(parts, [supplier], new Date("2026-11-04T04:29:00Z"));
  expect(await runs()).toBe(1);
  await askDue(parts, [supplier], new Date("2026-11-04T11:00:00Z"));
  expect(await runs()).toBe(2);
});
