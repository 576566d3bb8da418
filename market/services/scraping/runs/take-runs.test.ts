import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { partsFor, supplierOf } from "../../../../tests/scrape-shop.ts";
import { openTestShop } from "../../../../tests/test-shop/index.ts";
import { takeRuns } from "./take-runs.ts";

const RATE = "rate: { delaySeconds: 0.05, jitterSeconds: 0 }";
const site = await openTestApp("market");
const shops = await Promise.all([1, 2, 3, 4].map(() => openTestShop(12)));
const suppliers = shops.map((shop, at) => supplierOf(shop, `side-${at}`, RATE));
afterAll(async () => {
  await Promise.all(shops.map((shop) => shop.close()));
  await site.close();
});

async function askAll(): Promise<void> {
  for (const { supplier: slug, name } of suppliers)
    await site.app.transaction(async (tx) => {
      const supplierId = await site.services.crawling.supplierIdOf(tx, { slug, name });
      return site.services.scraping.askRun(tx, { supplierId, by: null });
    });
}
const states = async () =>
  (
    await site.db.execute<{ state: string; n: number }>(
      sql`select state, count(*)::int as n from scrape_runs group by state order by state`,
    )
  ).rows;

it("reads suppliers side by side, each in its host's queue, until no run is left", { timeout: 40_000 }, async () => {
  await askAll();
  await takeRuns(partsFor(site), suppliers, new AbortController().signal);
  expect(await states()).toEqual([{ state: "complete", n: 4 }]);
  const times = shops.map(({ asked }) => ({ first: asked[0]?.at ?? 0, last: asked.at(-1)?.at ?? 0 }));
  const together = times.flatMap((one, at) => times.slice(at + 1).filter((other) => other.first < one.last && one.first < other.last));
  expect(together.length).toBeGreaterThan(0);
});

it("gives back all that is in hand when its process is to end", { timeout: 40_000 }, async () => {
  await askAll();
  const leaving = new AbortController();
  const before = shops.reduce((sum, { asked }) => sum + asked.length, 0);
  const taking = takeRuns(partsFor(site), suppliers, leaving.signal);
  await expect.poll(() => shops.reduce((sum, { asked }) => sum + asked.length, 0), { timeout: 15_000 }).toBeGreaterThan(before + 4);
  leaving.abort("release");
  await taking;
  const { rows } = await site.db.execute<{ n: number }>(sql`select count(*)::int as n from scrape_runs where held_by is not null`);
  expect(rows).toEqual([{ n: 0 }]);
});
