import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CategoryId, ProductId } from "../../../../shared/models/ids.ts";
import { products } from "../../../../shared/models/market.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct, aShelf, aSupplier } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const market = await openTestApp("market");
let cookies: Record<string, string>;
let stranger: Record<string, string>;
let cheese: CategoryId;
let supplierId: number;
let blue: ProductId;

beforeAll(async () => {
  const [efua, grace] = [await aMember(market.db, { handle: "efua" }), await aMember(market.db, { handle: "grace" })];
  await giveRole(market.db, efua, "steward", "market");
  [cookies, stranger] = [await signedIn(market, "market", efua), await signedIn(market, "market", grace)];
  cheese = await aShelf(market.db, { slug: "cheese", name: "Cheese" });
  supplierId = await aSupplier(market.db);
  blue = await aProduct(market.db, { slug: "blue", name: "Blue", supplierId, priceMinor: 400, costMinor: 210 }, [cheese]);
  await aProduct(market.db, { slug: "soap", name: "Soap", supplierId, priceMinor: 300 });
});
afterAll(() => market.close());

const post = (path: string, form: Record<string, string> = {}) => market.post(path, form, { cookies });
const ruleOf = async (at: number) => (await market.services.priceRules.listRules())[at];
async function priceOf(id: ProductId) {
  const [row] = await market.db.select({ price: products.priceMinor }).from(products).where(eq(products.id, id));
  return row?.price;
}

describe("price rules", { timeout: 30_000 }, () => {
  it("are for who may edit the shop, and for nobody else", async () => {
    expect((await market.get("/admin/price-rules", { cookies: stranger })).statusCode).toBe(404);
    expect((await market.post("/admin/price-rules", { add: "30", rounding: "five" }, { cookies: stranger })).statusCode).toBe(404);
    expect((await market.get("/admin/price-rules", { cookies })).body).toContain("There are no rules yet");
  });

  it("are refused in words where they say no amount, or a shelf that is not there", async () => {
    const wrong = await post("/admin/price-rules", { category: "999", supplier: "x", add: "-3", minimum: "much", rounding: "constructor" });
    expect(wrong.statusCode).toBe(422);
    for (const message of ["Percent from 0 to 1000", "An amount like 0.20.", "There is no such shelf.", "There is no such supplier."])
      expect(wrong.body).toContain(message);
  });

  it("show which prices they would change, and change them when somebody says so, with the reason in the history", async () => {
    await post("/admin/price-rules", { category: String(cheese), add: "30", rounding: "five" });
    expect(await priceOf(blue)).toBe(400);
    const { headers } = await post("/admin/price-rules/preview");
    const address = String(headers["location"]);
    expect((await market.get(address, { cookies })).body).toMatch(/4\.00.*2\.75/s);
    await post(`${address}/application`, { reason: "New rules" });
    expect(await priceOf(blue)).toBe(275);
    const page = await market.get(`/admin/products/${blue}`, { cookies });
    expect(page.body).toContain("New rules: cost 2.10 + 30 % of Cheese, rounded up to .05");
    expect(page.body).toMatch(/By the price rule <span[^>]*>2\.75<\/span>: cost 2\.10 \+ 30 % of Cheese/);
    expect((await post("/admin/price-rules/preview")).body).toContain("Every price is what the rules make of it");
  });

  it("follow the supplier's cost at once, and stand below what staff say", async () => {
    const heard = (costMinor: number) =>
      market.db.transaction((tx) =>
        market.services.shelf.recordSource(tx, {
          productId: blue,
          supplierId,
          sku: "B",
          fields: { costMinor, priceMinor: 900 },
          seenAt: new Date(),
        }),
      );
    await heard(230);
    expect(await priceOf(blue)).toBe(300);
    const { revision } = await market.services.shelf.getForEditing(blue);
    const [efua] = await market.db.select({ id: products.id }).from(products).limit(1);
    expect(efua).toBeDefined();
    const edit = { id: blue, revision, set: { priceMinor: 199 }, follow: [], place: {}, reason: "A week's offer", by: null as never };
    await market.db.transaction((tx) => market.services.shelf.editProduct(tx, edit));
    await heard(260);
    expect(await priceOf(blue)).toBe(199);
    expect((await market.get(`/admin/products/${blue}`, { cookies })).body).toContain("The price rule would make it");
  });

  it("are read from the top, move, change and go, in the log", async () => {
    await post("/admin/price-rules", { supplier: String(supplierId), add: "50", minimum: "0,20", rounding: "ninety-nine" });
    expect((await ruleOf(1))?.of).toBe("The Old Dairy");
    const second = (await ruleOf(1))?.id;
    await post(`/admin/price-rules/${second}/order`, { to: "up" });
    expect((await ruleOf(0))?.id).toBe(second);
    await post(`/admin/price-rules/${second}`, { add: "45", rounding: "ten" });
    expect(await ruleOf(0)).toMatchObject({ addPermille: 450, supplierId: null, of: "everything" });
    await post(`/admin/price-rules/${second}/removal`);
    expect(await market.services.priceRules.listRules()).toHaveLength(1);
    const { entries } = await market.services.audit.listEntries({ app: "market", by: null, action: "", words: "price-rule" }, 1);
    expect(entries.map(({ action }) => action)).toContain("remove price rule");
  });
});
