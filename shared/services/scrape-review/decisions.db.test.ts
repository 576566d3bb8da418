import { and, eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openReviewDesk } from "../../../tests/builders/review-desk.ts";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";
import { auditEntries } from "../../models/audit.ts";
import { apActivities } from "../../models/federation.ts";
import type { ScrapeFindingId } from "../../models/ids.ts";
import { priceRules } from "../../models/price-rules.ts";
import { productSources } from "../../models/product-history.ts";
import { wantedPictures } from "../../models/scraping.ts";

const open = await openReviewDesk();
const { ada, bilal, db, decide, desk, filter, onShelf, only, rowOf, scrape, scrapeReview, shelf, waiting } = open;
beforeEach(open.newSupplier);
afterAll(() => open.close());

describe("deciding", { timeout: 30_000 }, () => {
  it("is done field by field; what is not decided goes on waiting", async () => {
    const id = await onShelf("A");
    await scrape([{ sku: "A", name: "Whole milk", price: "2.20 GBP", brand: "Dales" }]);
    const finding = await only();
    expect(await decide(finding.id, "accept", { fields: ["priceMinor"] })).toEqual({ kind: "decided", left: 2 });
    expect(await decide(finding.id, "decline", { fields: ["name"], reason: "ours is clearer" })).toEqual({ kind: "decided", left: 1 });
    expect(await rowOf(id)).toMatchObject({ priceMinor: 220, name: "Milk A", brand: "" });
    expect((await only()).fields).toMatchObject([
      { field: "name", decision: "declined", by: "Ada", reason: "ours is clearer" },
      { field: "brand", decision: "waiting" },
      { field: "priceMinor", decision: "accepted", by: "Ada" },
    ]);
    const logged = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subject, `finding:${finding.id}`));
    expect(logged).toMatchObject([
      { action: "accept finding", actor: `user:${ada}`, before: { priceMinor: "200" }, after: { priceMinor: "220" } },
      { action: "decline finding", reason: "ours is clearer" },
    ]);
    const ofFinding = and(eq(apActivities.objectType, "ScrapeFinding"), eq(apActivities.objectId, String(finding.id)));
    const told = await db.select({ type: apActivities.type, actorId: apActivities.actorId }).from(apActivities).where(ofFinding);
    expect(told).toEqual([
      { type: "Accept", actorId: ada },
      { type: "Reject", actorId: ada },
    ]);
  });

  it("takes what can stand, and leaves what can't", async () => {
    const id = await onShelf("A");
    await scrape([{ sku: "A", name: "Whole milk", price: "2.10 EUR" }]);
    const finding = await only();
    expect(await decide(finding.id, "accept", { fields: ["name", "priceMinor"] })).toEqual({ kind: "untakable", fields: ["priceMinor"] });
    expect(await decide(finding.id, "accept")).toEqual({ kind: "decided", left: 1 });
    expect(await rowOf(id)).toMatchObject({ name: "Whole milk", priceMinor: 200 });
  });

  it("stays declined until the supplier says something else", async () => {
    await onShelf("A");
    await scrape([{ sku: "A", price: "2.20 GBP" }]);
    await decide((await only()).id, "decline");
    await scrape([{ sku: "A", price: "2.20 GBP" }]);
    expect(await waiting()).toEqual([]);
    await scrape([{ sku: "A", price: "2.00 GBP" }]);
    await scrape([{ sku: "A", price: "2.20 GBP" }]);
    expect(await only()).toMatchObject({ fields: [{ before: 200, after: 220 }] });
  });

  it("keeps declined new things away until they are said otherwise, and gone ones until they come back", async () => {
    await onShelf("B");
    await scrape([{ sku: "N", name: "Soap", price: "1.00 GBP" }, { sku: "B" }]);
    await decide((await only()).id, "decline");
    await scrape([{ sku: "N", name: "Soap", price: "1.00 GBP" }, { sku: "B" }]);
    expect(await waiting()).toEqual([]);
    await scrape([{ sku: "N", name: "Soap", price: "0.50 GBP" }]);
    const gone = await only({ group: "gone" });
    expect(await only({ group: "new" })).toMatchObject({ sku: "N" });
    await decide(gone.id, "decline");
    await scrape([{ sku: "N", name: "Soap", price: "0.50 GBP" }]);
    expect(await waiting({ group: "gone" })).toEqual([]);
    await scrape([{ sku: "N", name: "Soap", price: "0.50 GBP" }, { sku: "B" }]);
    await scrape([{ sku: "N", name: "Soap", price: "0.50 GBP" }]);
    expect(await only({ group: "gone" })).toMatchObject({ sku: "B" });
  });

  it("is about what we pay where the supplier's prices are that, and a price rule makes the price of it", async () => {
    const id = await onShelf("A");
    await db.insert(priceRules).values({ position: 1, supplierId: desk.supplierId, addPermille: 400, rounding: "penny" });
    const run = await scrape([{ sku: "A", price: "1.50 GBP" }], { rules: { prices: "cost", pricePercent: 5 } });
    const finding = await only({ runId: run, group: "prices" });
    expect(finding.fields).toMatchObject([{ field: "costMinor", before: null, after: 150, rule: "" }]);
    await decide(finding.id, "accept");
    expect(await rowOf(id)).toMatchObject({ costMinor: 150, priceMinor: 210 });
    await scrape([{ sku: "A", price: "1.53 GBP" }], { rules: { prices: "cost", pricePercent: 5 } });
    expect((await only()).fields).toMatchObject([{ field: "costMinor", before: 150, after: 153, rule: "price within 5 %" }]);
  });

  it("is the first one's of two at once, and the second one is told", async () => {
    const id = await onShelf("A");
    await scrape([{ sku: "A", price: "2.20 GBP" }]);
    const finding = await only();
    const both = await Promise.all([decide(finding.id, "accept"), decide(finding.id, "decline", { by: bilal })]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["decided", "settled"]);
    const [field] = (await scrapeReview.getFinding(finding.id)).fields;
    const isAdas = both[0]?.kind === "decided";
    expect(field).toMatchObject(isAdas ? { decision: "accepted", by: "Ada" } : { decision: "declined", by: "Bilal" });
    expect(await rowOf(id)).toMatchObject({ priceMinor: isAdas ? 220 : 200 });
  });

  it("never lets a comparison and a decision cross", async () => {
    const ids = await Promise.all(["A", "B", "C", "D"].map((sku) => onShelf(sku)));
    const pages = ["A", "B", "C", "D"].map((sku) => ({ sku, price: "2.20 GBP" }));
    const run = await scrape(pages);
    const findings = await waiting();
    await Promise.all([
      ...findings.map(({ id }) => decide(id, "accept")),
      ...[1, 2, 3].map(() => db.transaction((tx) => scrapeReview.compare(tx, run))),
    ]);
    expect(await waiting()).toEqual([]);
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ priceMinor: 220 });
  });

  it("is too late where the supplier's word came another way meanwhile", async () => {
    const id = await onShelf("A");
    await scrape([{ sku: "A", price: "2.20 GBP" }]);
    const seenAt = new Date(Date.now() + 60_000);
    await db.transaction((tx) =>
      shelf.recordSource(tx, { productId: id, supplierId: desk.supplierId, sku: "A", fields: { priceMinor: 240 }, seenAt }),
    );
    expect(await decide((await only()).id, "accept")).toEqual({ kind: "late" });
    expect(await rowOf(id)).toMatchObject({ priceMinor: 240 });
  });

  it("is done for many at once: those of a run that are only prices, without what is held", async () => {
    const ids = await Promise.all(["A", "B", "C", "D"].map((sku) => onShelf(sku)));
    const runId = await scrape([
      { sku: "A", price: "2.10 GBP" },
      { sku: "B", price: "2.20 GBP", name: "Better milk" },
      { sku: "C", price: "9.00 GBP" },
      { sku: "D", price: "2.30 GBP" },
      { sku: "N", name: "Butter", price: "3.00 GBP" },
    ]);
    expect(await scrapeReview.countWaiting({ supplierId: null, runId })).toEqual({
      ...{ new: 1, changed: 4, gone: 0, held: 1, prices: 2, all: 5 },
    });
    const { newest } = await scrapeReview.listFindings(filter({ runId, group: "prices" }), 1);
    if (newest === null) throw new Error("no finding");
    const which = { ...filter({ supplierId: null, runId, group: "prices" }), upTo: newest };
    const accept = () => db.transaction((tx) => scrapeReview.decideMany(tx, { which, verdict: "accept", reason: "", by: ada }));
    expect((await Promise.all([accept(), accept()])).map(({ decided }) => decided).sort()).toEqual([0, 2]);
    expect((await Promise.all(ids.map(rowOf))).map(({ priceMinor }) => priceMinor)).toEqual([210, 200, 200, 230]);
    const rest = (await waiting()).map(({ id }) => id);
    expect(await db.transaction((tx) => scrapeReview.decideMany(tx, { which: rest, verdict: "decline", reason: "", by: ada }))).toEqual({
      ...{ decided: 3, left: 0 },
    });
  });

  it("is nobody's business where there is no such finding", async () => {
    await expect(decide(999_999 as ScrapeFindingId, "accept")).rejects.toThrow("not-found");
  });
});

describe("something new", { timeout: 30_000 }, () => {
  const page = {
    sku: "N",
    name: "Rye flour 1.5 kg",
    price: "3.40 GBP",
    brand: "Mill",
    gtin: "5010019640161",
    images: ["https://dairy.example/1.jpg"],
  };

  it("becomes a product: guessed from its page and its neighbours, ours where we chose otherwise", async () => {
    const flour = await aShelf(db, { slug: `flour-${desk.count}` });
    await aProduct(db, { slug: `wheat-flour-${desk.count}`, name: "Wheat flour 1 kg", supplierId: desk.supplierId }, [flour]);
    await scrape([page]);
    const { id } = await only();
    const guess = await scrapeReview.guessProduct(await scrapeReview.getFinding(id));
    expect(guess).toMatchObject({
      slug: "rye-flour-1-5-kg",
      fields: { packAmount: 1500, packUnit: "g", vatClass: "zero", priceMinor: 340 },
    });
    expect(guess.categoryIds).toEqual([flour]);
    const fields = { packAmount: 1500, packUnit: "g", vatClass: "zero", brand: "Mill", gtin: "5010019640161", priceMinor: 340 } as const;
    const whole = { ...fields, name: "Rye flour", description: "", ingredients: "", allergens: null, labels: [], origin: "" };
    const wish = { id, slug: `rye-${desk.count}`, fields: whole, categoryIds: [flour], stock: 4, by: ada };
    expect(await db.transaction((tx) => scrapeReview.createFrom(tx, { ...wish, slug: `wheat-flour-${desk.count}` }))).toEqual({
      kind: "slug-taken",
    });
    const make = () => db.transaction((tx) => scrapeReview.createFrom(tx, wish));
    const both = await Promise.all([make(), make()]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["made", "settled"]);
    const { product, state } = await scrapeReview.getFinding(id);
    expect(state).toBe("settled");
    if (!product) throw new Error("no product");
    expect(await rowOf(product.id)).toMatchObject({ name: "Rye flour", priceMinor: 340, stock: 4, gtin: "5010019640161" });
    expect(await db.$count(wantedPictures, eq(wantedPictures.productId, product.id))).toBe(1);
    await scrape([{ ...page, price: "3.50 GBP" }]);
    expect((await only()).fields.map(({ field }) => field)).toEqual(["priceMinor"]);
  });

  it("is another number of a product that is there, of this supplier or of another one", async () => {
    const other = await aProduct(db, {
      slug: `there-${desk.count}`,
      name: "Rye",
      supplierId: await aSupplier(db, { slug: `mill-${desk.count}` }),
    });
    await scrape([{ ...page, doubts: [] }]);
    const { id } = await only();
    const link = () => db.transaction((tx) => scrapeReview.linkTo(tx, { id, productId: other, by: ada }));
    expect((await Promise.all([link(), link()])).map(({ kind }) => kind).sort()).toEqual(["made", "settled"]);
    expect(await db.$count(productSources, eq(productSources.productId, other))).toBe(1);
    expect(await rowOf(other)).toMatchObject({ name: "Rye", priceMinor: 250 });
    await scrape([page]);
    expect(await waiting()).toEqual([]);
    const { stock } = await rowOf(other);
    await scrape([{ ...page, availability: "OutOfStock" }], { rules: { fields: ["stock"] } });
    await scrape([{ sku: "Z", name: "Something else", price: "1.00 GBP" }]); // it is gone from their pages
    expect((await waiting()).filter(({ sku }) => sku === page.sku)).toEqual([]);
    expect([stock, (await rowOf(other)).stock]).toEqual([stock, stock]);
    expect((await scrapeReview.findProducts("rye")).map((found) => found.id)).toContain(other);
  });

  it("that is another number of a product of the same supplier changes nothing until somebody looked", async () => {
    const id = await onShelf("A", { name: "Rye flour 1.5 kg" });
    await scrape([{ ...page, doubts: [], price: "200.00 GBP" }]);
    const finding = await only();
    await db.transaction((tx) => scrapeReview.linkTo(tx, { id: finding.id, productId: id, by: ada }));
    expect(await rowOf(id)).toMatchObject({ priceMinor: 200 });
    const linked = await scrapeReview.getFinding(finding.id);
    expect([linked.state, linked.fields.find(({ field }) => field === "priceMinor")?.decision]).toEqual(["settled", "superseded"]);
    await scrape([{ ...page, doubts: [], price: "200.00 GBP" }]);
    const changed = await only({ group: "changed" });
    expect(changed).toMatchObject({ sku: "N", isHeld: true });
    expect(changed.fields.find(({ field }) => field === "priceMinor")).toMatchObject({ before: 200, after: 20000, doubt: "price-jump" });
  });
});
