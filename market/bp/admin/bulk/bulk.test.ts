import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CategoryId, ProductId } from "../../../../shared/models/ids.ts";
import { products } from "../../../../shared/models/market.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct, aShelf } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { changedPrice, readPriceChange } from "./price-change.ts";

const market = await openTestApp("market");
const HOSTILE = "<script>alert(1)</script>";
let cookies: Record<string, string>;
let stranger: Record<string, string>;
let shelf: CategoryId;
let ids: ProductId[];

beforeAll(async () => {
  const [efua, grace] = [await aMember(market.db, { handle: "efua" }), await aMember(market.db, { handle: "grace" })];
  await giveRole(market.db, efua, "steward", "market");
  [cookies, stranger] = [await signedIn(market, "market", efua), await signedIn(market, "market", grace)];
  shelf = await aShelf(market.db, { slug: "jam", name: "Jam" });
  ids = [
    await aProduct(market.db, { slug: "plum", name: `Plum ${HOSTILE}`, priceMinor: 400, labels: ["vegan"] }, [shelf]),
    await aProduct(market.db, { slug: "pear", name: "Pear", priceMinor: 99 }, [shelf]),
  ];
});
afterAll(() => market.close());

const post = (path: string, form: Record<string, string>) => market.post(path, form, { cookies });
const draft = async (form: Record<string, string>) =>
  (await post("/admin/bulk/draft", { ids: ids.join(","), ...form })).headers["location"] ?? "";
const prices = async () => (await market.db.select().from(products)).map(({ priceMinor }) => priceMinor).sort((a, b) => a - b);

describe("one change for many products", { timeout: 30_000 }, () => {
  it("is for who may edit the shop, and for nobody else", async () => {
    const form = { ids: ids.join(","), change: "sale", isOnSale: "no" };
    for (const path of ["/admin/bulk", "/admin/bulk/draft"]) {
      expect((await market.post(path, form, { cookies: stranger })).statusCode).toBe(404);
    }
    expect((await market.get("/admin/changes", { cookies: stranger })).statusCode).toBe(404);
    expect((await market.get("/admin/changes", { cookies })).statusCode).toBe(200);
  });

  it("is asked for what was ticked, or for all that the list was narrowed to", async () => {
    expect((await post("/admin/bulk", { ids: String(ids[0]), scope: "ticked" })).body).toContain("1 product<");
    const all = await post("/admin/bulk", { shelf: String(shelf), scope: "all" });
    expect(all.body).toContain("2 products<");
    expect(all.body).not.toContain(HOSTILE);
    expect((await post("/admin/bulk", { scope: "ticked" })).body).toContain("Nothing is ticked");
  });

  it("is shown product by product, asks why, and is done", async () => {
    const address = await draft({ change: "price", amount: "5", unit: "percent", rounding: "five" });
    const page = await market.get(address, { cookies });
    expect(page.body).toContain("Price + 5 %, to the nearest .05");
    expect(page.body).toMatch(/4\.00.*4\.20/s);
    expect(await prices()).toEqual([99, 400]);
    expect((await post(`${address}/application`, { reason: " " })).statusCode).toBe(422);
    expect((await post(`${address}/application`, { reason: "Sugar is dearer" })).statusCode).toBe(303);
    expect(await prices()).toEqual([105, 420]);
    expect((await market.get(address, { cookies })).body).toContain("2 products are changed");
    expect((await market.get(`/admin/products/${ids[0]}`, { cookies })).body).toContain("Sugar is dearer");
  });

  it("says what is wrong with what was typed, and keeps it", async () => {
    const wrong = await post("/admin/bulk/draft", { ids: ids.join(","), change: "price", amount: "much", unit: "percent" });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="much"');
    for (const change of ["constructor", "", "shelf-add", "vat", "follow"]) {
      expect((await post("/admin/bulk/draft", { ids: ids.join(","), change })).statusCode).toBe(422);
    }
    expect((await post("/admin/bulk/draft", { ids: ids.join(","), change: "label-add", with: "<b>" })).statusCode).toBe(422);
  });

  it("puts on shelves and off them, gives labels and takes them, takes off sale and follows suppliers again", async () => {
    const go = async (form: Record<string, string>) => post(`${await draft(form)}/application`, { reason: "Tidying" });
    await go({ change: "label-add", with: "organic" });
    await go({ change: "label-remove", without: "vegan" });
    await go({ change: "shelf-remove", off: String(shelf) });
    await go({ change: "sale", isOnSale: "no" });
    await go({ change: "vat", vatClass: "standard" });
    const rows = await market.db.select().from(products);
    for (const row of rows) expect(row).toMatchObject({ labels: ["organic"], isOnSale: false, vatClass: "standard" });
    expect((await market.get("/categories/jam")).body).not.toContain("Pear");
    await go({ change: "follow", field: "all" });
    const [line] = await market.services.shelf.listForBulk(ids);
    expect(line?.said).toEqual([]);
  });
});

describe("a price that changes", () => {
  const after = (price: number, typed: Record<string, string>) => {
    const change = readPriceChange(typed);
    return change && changedPrice(price, change);
  };

  it("goes up and down by percent and by pounds, rounded as it was asked", () => {
    expect(after(400, { amount: "5", unit: "percent" })).toBe(420);
    expect(after(333, { amount: "−2,5 %", unit: "percent" })).toBe(325);
    expect(after(333, { amount: "0.20", unit: "money", rounding: "five" })).toBe(355);
    expect(after(260, { amount: "10", unit: "percent", rounding: "ninety-nine" })).toBe(299);
    expect(after(20, { amount: "-10", unit: "percent", rounding: "ninety-nine" })).toBe(99);
    expect(after(20, { amount: "-0.50", unit: "money" })).toBe(-30);
  });

  it("is not asked for by what is no amount", () => {
    for (const amount of ["", "0", "5 %%", "1e3", "--5", "99999", "5.123", "600"]) expect(readPriceChange({ amount })).toBeNull();
  });
});
