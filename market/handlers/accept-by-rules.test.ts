import { asc } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { products } from "../../shared/models/market.ts";
import { openTestApp } from "../../tests/app.ts";
import { until } from "../../tests/builders/outbox.ts";
import { aScrape } from "../../tests/builders/scrapes.ts";
import { aProduct, aSupplier } from "../../tests/builders/shop.ts";

const market = await openTestApp("market");
afterAll(() => market.close());
const { app, db, services } = market;

it("brings on the shelf what a supplier's rules let pass, however much it is, once the run is over", { timeout: 30_000 }, async () => {
  for (const begin of app.whenServing) begin();
  const supplierId = await aSupplier(db);
  const skus = Array.from({ length: 60 }, (_, at) => `S${at}`);
  for (const sku of skus) {
    const productId = await aProduct(db, { slug: sku.toLowerCase(), supplierId, priceMinor: 200 });
    const record = { productId, supplierId, sku, fields: { priceMinor: 200 }, seenAt: new Date("2026-01-01T00:00:00Z") };
    await db.transaction((tx) => services.shelf.recordSource(tx, record));
  }
  const pages = skus.map((sku, at) => ({ sku, price: at === 0 ? "2.90 GBP" : "2.06 GBP" }));
  const runId = await aScrape(db, services.scraping, { supplierId, pages, rules: { pricePercent: 3 } });
  await until(async () => (await services.scrapeReview.countWaiting({ supplierId, runId })).all === 1);
  const prices = await db.select({ price: products.priceMinor }).from(products).orderBy(asc(products.id));
  expect(prices.map(({ price }) => price)).toEqual([200, ...skus.slice(1).map(() => 206)]);
});
