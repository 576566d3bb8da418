import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { scrape, supplierOf } from "../../../../tests/scrape-shop.ts";
import { aProduct, openTestShop, type TestShop } from "../../../../tests/test-shop/index.ts";

const site = await openTestApp("market");
let shop: TestShop;
let slug = "";
let shops = 0;
beforeEach(async () => {
  await shop?.close();
  shop = await openTestShop();
  slug = `mill-${++shops}`;
});
afterAll(async () => {
  await shop?.close();
  await site.close();
});

const records = async () => {
  const { rows } = await site.db.execute<{
    sku: string;
    url: string;
    fields: Record<string, { value: unknown }>;
    doubts: string[];
    missing: string | null;
  }>(sql`
    select sku, url, fields, doubts, missing_since_run as missing from scrape_records join suppliers on suppliers.id = supplier_id where slug = ${slug} order by scrape_records.id`);
  return rows;
};
const run = async (lines = "") => {
  const { runId, result } = await scrape(site, supplierOf(shop, slug, lines));
  return { ...result, runId, run: await site.services.scraping.getRun(runId), entries: await site.services.scraping.countEntries(runId) };
};

describe("a shop, read whole", { timeout: 30_000 }, () => {
  it("gives each product once, whichever way it tells machines", async () => {
    const { state, run: seen } = await run();
    expect(state).toBe("complete");
    expect(seen.counts).toMatchObject({ listed: 24, fetched: 26, products: 24, refused: 0, failed: 0 });
    const found = await records();
    expect(found.map(({ sku }) => sku)).toEqual(shop.products.map(({ sku }) => sku));
    for (const [index, { fields, url }] of found.entries()) {
      const product = shop.products[index];
      expect([fields["name"]?.value, fields["price"]?.value, fields["currency"]?.value, url]).toEqual([
        product?.name,
        product?.price,
        "GBP",
        shop.origin + product?.path,
      ]);
    }
    expect(seen.found).toMatchObject({ name: 24, price: 24 });
    expect(shop.asked.every(({ userAgent }) => userAgent === "RoseAshShop/1.0 (+https://market.example/)")).toBe(true);
    expect(shop.asked.map(({ path }) => path)).not.toContain("/basket");
  });
});

describe("a second run", { timeout: 30_000 }, () => {
  it("asks with what it kept, and changes what changed: nothing, a price, a product that is gone, a new one", {
    timeout: 20_000,
  }, async () => {
    await run();
    shop.asked.length = 0;
    const same = await run();
    expect(same.run.counts).toMatchObject({ fetched: 0, unchanged: 26, products: 24 });
    expect(shop.asked.filter(({ status }) => status === 304)).toHaveLength(26);
    expect(shop.asked.map(({ path }) => path)).not.toContain("/robots.txt"); // kept for a day
    Object.assign(shop.products[0] ?? {}, { price: "9.99" });
    const [gone] = shop.products.splice(3, 1);
    shop.products.push(aProduct(100));
    const changed = await run();
    expect(changed).toMatchObject({ state: "complete", entries: { missing: 1 } });
    const rows = await site.db.execute<{ sku: string; price: string; is_new: boolean; is_changed: boolean; missing: string | null }>(sql`
      select sku, fields #>> '{price,value}' as price, first_seen_run = ${changed.runId} as is_new, changed_run = ${changed.runId} as is_changed, missing_since_run as missing
      from scrape_records join suppliers on suppliers.id = supplier_id where slug = ${slug} and (changed_run = ${changed.runId} or missing_since_run is not null) order by sku`);
    expect(rows.rows).toEqual(
      [
        { sku: "TS1001", price: "9.99", is_new: false, is_changed: true, missing: null },
        { sku: gone?.sku, price: gone?.price, is_new: false, is_changed: false, missing: String(changed.runId) },
        { sku: "TS1100", price: "2.00", is_new: true, is_changed: true, missing: null },
      ].sort((a, b) => String(a.sku).localeCompare(String(b.sku))),
    );
    shop.products.push(gone ?? aProduct(4));
    await run();
    expect((await records()).filter(({ missing }) => missing !== null)).toEqual([]);
  });

  it("knows a page that comes with the same bytes and without a tag", async () => {
    shop.hasETags = false;
    await run();
    expect((await run()).run.counts).toMatchObject({ fetched: 0, unchanged: 26, products: 24 });
  });

  it("reads again what was kept, where the file has other selectors now", async () => {
    await run();
    const lines = "ignoreParameters: []\n";
    const supplier = supplierOf(shop, slug, lines);
    const { result } = await scrape(site, { ...supplier, product: { ...supplier.product, selectors: { brand: "footer" } } });
    expect(result.state).toBe("complete");
    expect(new Set((await records()).map(({ fields }) => fields["brand"]?.value))).toEqual(new Set(["The Old Dairy, Mill Lane"]));
    expect(shop.asked.filter(({ status }) => status === 304)).toHaveLength(26);
  });

  it("keeps the pages of three runs, and bytes as long as a page names them", async () => {
    shop.products.splice(3);
    for (let turn = 0; turn < 5; turn++) await run();
    const kept = await site.db.execute<{ runs: number; bytes: number }>(sql`
      select count(distinct run_id)::int as runs, count(distinct sha256)::int as bytes from scrape_pages join scrape_runs on scrape_runs.id = run_id
      join suppliers on suppliers.id = supplier_id left join scrape_snapshots on sha256 = snapshot where slug = ${slug}`);
    expect(kept.rows).toEqual([{ runs: 3, bytes: 4 }]);
    await site.db.execute(sql`update scrape_snapshots set stored_at = now() - interval '2 days'`);
    Object.assign(shop.products[0] ?? {}, { price: "3.00" });
    for (let turn = 0; turn < 3; turn++) await run();
    const left = await site.db.execute(
      sql`select 1 from scrape_snapshots where not exists (select 1 from scrape_pages where snapshot = sha256)`,
    );
    expect(left.rows).toEqual([]);
  });
});

describe("a supplier with two hosts", { timeout: 30_000 }, () => {
  it("is asked at both side by side, each in its own queue, and comes to an end when both have", async () => {
    const other = await openTestShop(24);
    for (const product of other.products) Object.assign(product, { sku: `OTHER-${product.sku}` });
    const supplier = supplierOf(shop, slug, "rate: { delaySeconds: 0.03, jitterSeconds: 0 }");
    const both = { ...supplier, start: [...supplier.start, `${other.origin}/groceries`] };
    const { result } = await scrape(site, both);
    expect(result).toEqual({ state: "complete", ending: "All pages were seen: 48 products." });
    const [mine, theirs] = [shop, other].map(({ asked }) => ({ first: asked[0]?.at ?? 0, last: asked.at(-1)?.at ?? 0, n: asked.length }));
    for (const { first = 0, last = 0, n = 0 } of [mine ?? {}, theirs ?? {}]) expect(last - first).toBeGreaterThan(30 * (n - 1) - 200); // the first one may be late
    expect(Math.min(mine?.last ?? 0, theirs?.last ?? 0) - Math.max(mine?.first ?? 0, theirs?.first ?? 0)).toBeGreaterThan(500);
    await other.close();
  });
});
