import { eq } from "drizzle-orm";
import type { FindingDecision, FindingFilter } from "../../shared/contracts/scrape-review.ts";
import type { ProductId, ScrapeFindingId } from "../../shared/models/ids.ts";
import { products } from "../../shared/models/market.ts";
import { openTestApp } from "../app.ts";
import { aMember } from "./publication.ts";
import { aScrape, type ScrapedPage } from "./scrapes.ts";
import { aProduct, aSupplier } from "./shop.ts";

/** Where Ada and Bilal review what one supplier's pages say; newSupplier makes it another one, for the next test. */
export async function openReviewDesk() {
  const market = await openTestApp("market");
  const { db, services } = market;
  const [ada, bilal] = [await aMember(db, { handle: "ada", name: "Ada" }), await aMember(db, { handle: "bilal", name: "Bilal" })];
  const desk = { supplierId: 0, count: 0 };
  const filter = (some: Partial<FindingFilter> = {}): FindingFilter => ({
    ...{ supplierId: desk.supplierId, runId: null, group: null, state: "waiting", words: "", ...some },
  });
  const waiting = async (some: Partial<FindingFilter> = {}) => (await services.scrapeReview.listFindings(filter(some), 1)).findings;
  return {
    ...services,
    ...{ close: () => market.close(), db, ada, bilal, desk, filter, waiting },
    async newSupplier() {
      desk.count += 1;
      desk.supplierId = await aSupplier(db, { slug: `dairy-${desk.count}`, name: `Dairy ${desk.count}` });
    },
    /** The one finding that waits. */
    async only(some: Partial<FindingFilter> = {}) {
      const [finding, ...others] = await waiting(some);
      if (!finding || others.length > 0) throw new Error(`not one finding but ${others.length + (finding ? 1 : 0)}`);
      return finding;
    },
    scrape: (pages: readonly ScrapedPage[], more: Partial<Parameters<typeof aScrape>[2]> = {}) =>
      aScrape(db, services.scraping, { supplierId: desk.supplierId, pages, ...more }),
    decide: (id: ScrapeFindingId, verdict: FindingDecision["verdict"], more: Partial<FindingDecision> = {}) =>
      db.transaction((tx) => services.scrapeReview.decide(tx, { id, verdict, fields: null, reason: "", by: ada, ...more })),
    /** A product of the supplier's under that number, at 2.00 with 7 in stock. */
    async onShelf(sku: string, product: Partial<typeof products.$inferInsert> = {}): Promise<ProductId> {
      const { supplierId } = desk;
      const whole = { name: `Milk ${sku}`, priceMinor: 200, stock: 7, supplierId, ...product };
      const productId = await aProduct(db, { slug: `p-${desk.count}-${sku.toLowerCase()}`, ...whole });
      const record = { productId, supplierId, sku, fields: { priceMinor: whole.priceMinor, name: whole.name } };
      await db.transaction((tx) => services.shelf.recordSource(tx, { ...record, seenAt: new Date("2026-01-01T00:00:00Z") }));
      return productId;
    },
    async rowOf(id: ProductId) {
      const [row] = await db.select().from(products).where(eq(products.id, id));
      if (!row) throw new Error("no such product");
      return row;
    },
  };
}
