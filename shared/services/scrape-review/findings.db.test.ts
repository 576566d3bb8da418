import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openReviewDesk } from "../../../tests/builders/review-desk.ts";
import { aProduct, aSupplier } from "../../../tests/builders/shop.ts";
import { scrapeFindings } from "../../models/scrape-findings.ts";

const open = await openReviewDesk();
const { ada, db, decide, desk, onShelf, only, rowOf, scrape, scrapeReview, shelf, waiting } = open;
beforeEach(open.newSupplier);
afterAll(() => open.close());

describe("what a run finds", { timeout: 30_000 }, () => {
  it("is nothing where the pages say what stands", async () => {
    await onShelf("A");
    await scrape([{ sku: "A", name: "Milk A", price: "2.00 GBP", availability: "InStock" }]);
    expect(await waiting()).toEqual([]);
  });

  it("is a change field by field, with before, after, where it was read and who says otherwise", async () => {
    const id = await onShelf("A");
    await db.transaction((tx) =>
      shelf.editProduct(tx, { id, revision: 1, set: { priceMinor: 150 }, follow: [], place: {}, reason: "a week's offer", by: ada }),
    );
    await scrape([{ sku: "A", name: "Whole milk", price: "2.20 GBP", confidence: 0.8 }]);
    const finding = await only();
    expect(finding).toMatchObject({ kind: "changed", title: "Milk A", isHeld: false, sku: "A" });
    expect(finding.fields).toMatchObject([
      { field: "name", before: "Milk A", after: "Whole milk", source: "json-ld", confidencePercent: 80, override: null },
      { field: "priceMinor", before: 200, after: 220, override: { value: 150, by: "Ada", reason: "a week's offer" } },
    ]);
    expect(await decide(finding.id, "accept")).toEqual({ kind: "decided", left: 0 });
    expect(await rowOf(id)).toMatchObject({ name: "Whole milk", priceMinor: 150 });
    const { fields } = await shelf.getForEditing(id);
    expect(fields.find(({ field }) => field === "priceMinor")).toMatchObject({ supplier: { value: 220 } });
  });

  it("waits once, however often it is compared and whatever runs come after it", async () => {
    await onShelf("A");
    const first = await scrape([{ sku: "A", price: "2.20 GBP" }]);
    const { id } = await only();
    await db.transaction((tx) => scrapeReview.compare(tx, first));
    expect((await only()).id).toBe(id);
    const second = await scrape([{ sku: "A", price: "2.20 GBP" }]);
    expect(await only()).toMatchObject({ id, runId: second });
    await scrape([{ sku: "A", price: "2.30 GBP" }]);
    const newer = await only();
    expect(newer.id).not.toBe(id);
    expect(await scrapeReview.getFinding(id)).toMatchObject({ state: "superseded", newer: newer.id });
    expect(await decide(id, "accept")).toEqual({ kind: "superseded" });
    await scrape([{ sku: "A", price: "2.00 GBP" }]);
    expect(await waiting()).toEqual([]);
  });

  it("is forgotten a month after a later run said otherwise, unless somebody had decided about it", async () => {
    await onShelf("A");
    await onShelf("B");
    const pages = (price: string) => ["A", "B"].map((sku) => ({ sku, name: `Milk of ${price}`, price: `${price} GBP` }));
    await scrape(pages("2.10"));
    const [a, b] = [await only({ words: "A" }), await only({ words: "B" })];
    await decide(b.id, "accept", { fields: ["priceMinor"] });
    await scrape(pages("2.20"));
    await db
      .update(scrapeFindings)
      .set({ settledAt: new Date("2026-01-01T00:00:00Z") })
      .where(eq(scrapeFindings.state, "superseded"));
    await scrape(pages("2.20"));
    await expect(scrapeReview.getFinding(a.id)).rejects.toThrow("not-found");
    expect(await scrapeReview.getFinding(b.id)).toMatchObject({ state: "superseded" });
  });

  it("is something new, with the product that has its packet's number", async () => {
    const other = await aProduct(db, {
      slug: `other-${desk.count}`,
      gtin: "96385074",
      supplierId: await aSupplier(db, { slug: `other-${desk.count}` }),
    });
    await scrape([{ sku: "N", name: "New milk", price: "1.10 GBP", gtin: "0000096385074" }]);
    const finding = await scrapeReview.getFinding((await only()).id);
    expect(finding).toMatchObject({ kind: "new", title: "New milk", match: { id: other }, product: null });
    expect(await decide(finding.id, "accept")).toMatchObject({ kind: "untakable" });
  });

  it("is what a complete run missed, and never what a cut one did", async () => {
    const id = await onShelf("A");
    await onShelf("B");
    await scrape([{ sku: "A", price: "2.00 GBP" }, { sku: "B" }]);
    await scrape([{ sku: "B" }], { state: "stopped" });
    expect(await waiting()).toEqual([]);
    await scrape([{ sku: "B" }]);
    const gone = await only();
    expect(gone).toMatchObject({ kind: "gone", sku: "A", fields: [{ field: "availability", after: { is: "gone" } }] });
    expect(await decide(gone.id, "accept")).toMatchObject({ kind: "decided" });
    expect(await rowOf(id)).toMatchObject({ stock: 0 });
    await scrape([{ sku: "B" }]);
    expect(await waiting()).toEqual([]);
  });

  it("brings back what was gone, with what stood on the shelf then, unless somebody counted since", async () => {
    const [a, b] = [await onShelf("A"), await onShelf("B")];
    await onShelf("C");
    await scrape([{ sku: "A" }, { sku: "B" }, { sku: "C" }]);
    await scrape([{ sku: "C" }]);
    for (const { id } of await waiting()) await decide(id, "accept");
    await db.transaction((tx) => shelf.takeStock(tx, { id: b, counted: 3, reason: "", by: ada }));
    await scrape([{ sku: "A" }, { sku: "B" }, { sku: "C" }]);
    const back = await only();
    expect(back).toMatchObject({
      sku: "A",
      fields: [{ field: "availability", before: { stock: 0, setAside: 7 }, after: { is: "available" } }],
    });
    await decide(back.id, "accept");
    expect([await rowOf(a), await rowOf(b)]).toMatchObject([{ stock: 7 }, { stock: 3 }]);
    await scrape([{ sku: "A" }, { sku: "B" }, { sku: "C" }]);
    expect(await waiting()).toEqual([]);
  });

  it("is no word about stock where the page only lets one assume it", async () => {
    const id = await onShelf("A");
    await scrape([{ sku: "A", availability: "OutOfStock", source: "assumed", confidence: 0.3 }]);
    expect(await waiting()).toEqual([]);
    await scrape([{ sku: "A", availability: "OutOfStock" }]);
    await decide((await only()).id, "accept");
    expect(await rowOf(id)).toMatchObject({ stock: 0 });
    expect((await shelf.listChanges(id))[0]).toMatchObject({ field: "stock", before: 7, after: 0, by: "Ada" });
  });

  it.each([
    ["below nothing", { price: "-2.00 GBP" }, "price-negative", false],
    ["nothing", { price: "0.00 GBP" }, "price-zero", true],
    ["beyond all reason", { price: "99999999 GBP" }, "price-absurd", false],
    ["more than half as much again", { price: "3.01 GBP" }, "price-jump", true],
    ["less than half", { price: "0.99 GBP" }, "price-jump", true],
    ["in another currency", { price: "2.10 EUR" }, "other-currency", false],
    ["in no currency", { price: "2.10" }, "currency-unknown", true],
    ["disputed by the page itself", { price: "2.10 GBP", doubts: ["price-disputed"] }, "price-disputed", true],
    ["hardly readable", { price: "2.10 GBP", confidence: 0.4 }, "unsure", true],
    ["no number at all", { price: "ask GBP" }, "unreadable", false],
  ] as const)("is held where the price is %s", async (_what, page, doubt, canTake) => {
    await onShelf("A");
    await scrape([{ sku: "A", ...page }], { rules: { pricePercent: 100 } });
    expect(await only({ group: "held" })).toMatchObject({ isHeld: true, fields: [{ doubt, canTake, rule: "" }] });
    if (!canTake) expect(await decide((await only()).id, "accept")).toMatchObject({ kind: "untakable", fields: ["priceMinor"] });
  });

  it("is held above what the supplier's file says of rises and falls, whatever rule would accept it", async () => {
    await onShelf("A");
    await onShelf("B");
    const rules = { pricePercent: 100, mostRisePercent: 80, mostFallPercent: 20 };
    await scrape(
      [
        { sku: "A", price: "3.50 GBP" },
        { sku: "B", price: "1.50 GBP" },
      ],
      { rules },
    );
    const found = new Map((await waiting()).map((finding) => [finding.sku, finding.fields[0]]));
    expect([found.get("A")?.doubt, found.get("B")?.doubt]).toEqual(["", "price-jump"]);
  });

  it("is held where the page was cut, two things have one number, or the packet's number is another product's", async () => {
    await onShelf("A");
    await onShelf("B");
    await onShelf("C");
    await aProduct(db, { slug: `holder-${desk.count}`, gtin: "4006381333931" });
    await scrape([
      { sku: "A", price: "2.10 GBP", doubts: ["page-cut"] },
      { sku: "B", price: "2.10 GBP" },
      { sku: "B", price: "9.10 GBP" },
      { sku: "C", gtin: "4006381333931" },
    ]);
    const held = new Map((await waiting({ group: "held" })).map((finding) => [finding.sku, finding]));
    expect([...held.keys()].sort()).toEqual(["A", "B", "C"]);
    expect([held.get("A")?.doubts, held.get("B")?.doubts]).toEqual([["page-cut"], ["duplicate-sku"]]);
    expect(held.get("C")?.fields).toMatchObject([{ field: "gtin", doubt: "gtin-taken" }]);
  });
});
