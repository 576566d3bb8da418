import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openReviewDesk } from "../../../tests/builders/review-desk.ts";
import { apActivities } from "../../models/federation.ts";

const open = await openReviewDesk();
const { ada, db, desk, onShelf, rowOf, scrape, scrapeReview, shelf, waiting } = open;
beforeEach(open.newSupplier);
afterAll(() => open.close());

describe("rules", { timeout: 30_000 }, () => {
  const rules = { pricePercent: 5, fields: ["stock"] } as const;
  const byRules = async (runId: Awaited<ReturnType<typeof scrape>>) => {
    const took = await db.transaction((tx) => scrapeReview.acceptByRules(tx, runId));
    return took;
  };

  it("accept what they let pass, once, and stand in the history by name", async () => {
    const [a, b] = [await onShelf("A"), await onShelf("B")];
    await onShelf("C");
    const runId = await scrape(
      [
        { sku: "A", price: "2.10 GBP", name: "Whole milk" },
        { sku: "B", price: "2.11 GBP" },
        { sku: "C", availability: "SoldOut", price: "2.00 GBP" },
      ],
      { rules },
    );
    expect(await byRules(runId)).toBe(2);
    expect(await byRules(runId)).toBe(0);
    expect([await rowOf(a), await rowOf(b)]).toMatchObject([{ priceMinor: 210, name: "Milk A" }, { priceMinor: 200 }]);
    expect((await shelf.listChanges(a))[0]).toMatchObject({
      ...{ field: "priceMinor", after: 210, by: `Dairy ${desk.count}`, reason: "accepted by rule: price within 5 %" },
    });
    expect((await waiting({ words: "whole" }))[0]?.fields).toMatchObject([
      { field: "name", decision: "waiting", rule: "" },
      { field: "priceMinor", decision: "accepted", by: "", rule: "price within 5 %" },
    ]);
  });

  it("accept nothing new, nothing gone and nothing held", async () => {
    await onShelf("A");
    await onShelf("B");
    await scrape([{ sku: "A" }, { sku: "B" }], { rules });
    const runId = await scrape(
      [
        { sku: "N", price: "1.00 GBP", availability: "InStock" },
        { sku: "B", price: "2.05 GBP", doubts: ["page-cut"] },
      ],
      { rules: { pricePercent: 100, fields: ["stock", "name", "brand", "gtin", "ingredients"] } },
    );
    expect(await waiting()).toHaveLength(3);
    expect(await byRules(runId)).toBe(0);
  });
});

describe("an alarm about drift", { timeout: 30_000 }, () => {
  const shop = (brand: number, price = 10) =>
    Array.from({ length: 10 }, (_, at) => ({
      ...{ sku: `S${at}`, name: `Cheese ${at}` },
      ...(at < brand ? { brand: "Dales" } : {}),
      ...(at < price ? { price: "4.00 GBP" } : {}),
    }));
  const standing = async () => (await scrapeReview.listAlarms()).filter((alarm) => alarm.supplierId === desk.supplierId);

  it("is raised once where fields of last week are missing, with how many, and admins hear of it", async () => {
    for (const brand of [10, 9, 10]) await scrape(shop(brand));
    expect(await standing()).toEqual([]);
    const runId = await scrape(shop(2));
    const later = await scrape(shop(3));
    expect(await standing()).toMatchObject([{ runId, lastRunId: later, drifts: [{ field: "brand", share: 0.3, usual: 1 }] }]);
    const told = await db.select().from(apActivities).where(eq(apActivities.objectType, "ScrapeAlarm"));
    expect(told.filter(({ details }) => details.name === `Dairy ${desk.count}`)).toHaveLength(1);
  });

  it("stops the rules until a later run finds all again", async () => {
    const id = await onShelf("S0", { priceMinor: 400 });
    await scrape(shop(10));
    const rules = { pricePercent: 50 };
    const runId = await scrape([...shop(0).slice(1), { sku: "S0", price: "4.10 GBP" }], { rules });
    expect(await standing()).toHaveLength(1);
    expect(await db.transaction((tx) => scrapeReview.acceptByRules(tx, runId))).toBe(0);
    const again = await scrape([...shop(10).slice(1), { sku: "S0", price: "4.10 GBP", brand: "Dales" }], { rules });
    expect(await standing()).toEqual([]);
    expect(await scrapeReview.listAlarmsOf(desk.supplierId)).toMatchObject([{ ending: "found-again" }]);
    expect(await db.transaction((tx) => scrapeReview.acceptByRules(tx, again))).toBe(1);
    expect(await rowOf(id)).toMatchObject({ priceMinor: 410 });
  });

  it("stands while runs see too little to tell, and until all that it is about was looked at and found", async () => {
    for (const brand of [10, 10]) await scrape(shop(brand));
    await scrape(shop(0));
    await scrape([], { state: "incomplete" });
    await scrape(shop(10).slice(0, 2), { state: "incomplete" });
    expect(await standing()).toMatchObject([{ drifts: [{ field: "brand" }] }]);
    await scrape(shop(0).slice(0, 3), { rules: { mostMissingPercent: 50 } });
    await scrape(shop(10).slice(0, 6), { state: "incomplete" });
    expect(await standing()).toMatchObject([{ drifts: [{ field: "products" }] }]);
    await scrape(shop(10));
    expect(await standing()).toEqual([]);
  });

  it("can be dismissed: what pages say now is how it is, and the rules go on", async () => {
    for (const brand of [10, 10]) await scrape(shop(brand));
    await scrape(shop(0));
    const [alarm] = await standing();
    if (!alarm) throw new Error("no alarm");
    const dismiss = () => db.transaction((tx) => scrapeReview.dismissAlarm(tx, { id: alarm.id, reason: "they dropped brands", by: ada }));
    expect((await Promise.all([dismiss(), dismiss()])).sort()).toEqual([false, true]);
    await scrape(shop(0));
    expect(await standing()).toEqual([]);
    expect(await scrapeReview.listAlarmsOf(desk.supplierId)).toMatchObject([
      { ending: "dismissed", endedBy: "Ada", reason: "they dropped brands" },
    ]);
    await scrape(shop(0, 3));
    expect(await standing()).toMatchObject([{ drifts: [{ field: "currency" }, { field: "price" }] }]);
  });

  it("is raised where most products are missing, and not by a run that was cut off", async () => {
    await scrape(shop(10));
    await scrape(shop(10).slice(0, 2), { state: "incomplete" });
    expect(await standing()).toEqual([]);
    await scrape(shop(10).slice(0, 2), { rules: { mostMissingPercent: 50 } });
    expect(await standing()).toMatchObject([{ drifts: [{ field: "products", share: 0.2, usual: 1 }] }]);
    expect(await waiting({ group: "gone" })).toEqual([]);
  });
});
