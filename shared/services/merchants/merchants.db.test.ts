import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aMerchantOfPage } from "../../../tests/builders/merchants.ts";
import { aMerchant, aPerson, aPlacedOrder } from "../../../tests/builders/payments.ts";
import { aPage } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";
import type { MerchantChange } from "../../contracts/merchants.ts";
import type { MerchantId, UserId } from "../../models/ids.ts";
import { sellerOfProduct } from "./seller-of.ts";

let cart: TestApp;
let by: UserId;
beforeAll(async () => {
  cart = await openTestApp("cart");
  by = await aPerson(cart.db);
});
afterAll(() => cart.close());

const FIELDS = {
  code: "MBAKERY",
  name: "The Bakery",
  currency: "GBP",
  address: "1 Mill Lane",
  vatId: "GB 1",
  chargesVat: true,
  isActive: true,
};
const change = (id: MerchantId, what: MerchantChange) =>
  cart.app.transaction((tx) => cart.services.merchants.change(tx, { id, by, change: what }));
const create = (fields = FIELDS) => cart.app.transaction((tx) => cart.services.merchants.create(tx, { fields, by }));
const find = async (code: string) => (await cart.services.merchants.list()).find((one) => one.code === code) ?? expect.fail(`no ${code}`);

describe("merchants", () => {
  it("the first is the default one, the others have a page or sell nothing; a code is given once", async () => {
    expect(await create({ ...FIELDS, code: "MCOOP", name: "Co-op" })).not.toBeNull();
    expect(await create()).not.toBeNull();
    expect(await create({ ...FIELDS, name: "Another" })).toBeNull();
    expect((await cart.services.merchants.list()).map(({ code, isDefault, isUsed }) => [code, isDefault, isUsed])).toEqual([
      ["MCOOP", true, false],
      ["MBAKERY", false, false],
    ]);
  });

  it("are edited by one at a time, keep code and currency once something was sold, and lose their key with their code", async () => {
    const { id, revision } = await find("MBAKERY");
    await change(id, { kind: "key", sealed: "sealed-for-MBAKERY" });
    expect(await cart.services.merchants.findSealedKey("MBAKERY")).toBe("sealed-for-MBAKERY");
    expect(await change(id, { kind: "details", revision, fields: FIELDS })).toEqual({ kind: "conflict" });
    const now = await find("MBAKERY");
    const taken = { kind: "details", revision: now.revision, fields: { ...FIELDS, code: "MCOOP" } } as const;
    expect(await change(id, taken)).toEqual({ kind: "taken" });
    expect(await change(id, { ...taken, fields: { ...FIELDS, code: "MNEW" } })).toEqual({ kind: "changed" });
    expect([await cart.services.merchants.findSealedKey("MNEW"), (await find("MNEW")).keySetAt]).toEqual([null, null]);
    await aProduct(cart.db, { slug: "oats", stock: 5 });
    await aPlacedOrder(cart, { oats: 1 });
    const coop = await find("MCOOP");
    const other = { kind: "details", revision: coop.revision, fields: { ...FIELDS, code: "MCOOP", currency: "EUR" } } as const;
    expect([coop.isUsed, await change(coop.id, other)]).toEqual([true, { kind: "used" }]);
  });

  it("have each page once; what is taken away can be given to another", async () => {
    const [coop, bakery] = [await find("MCOOP"), await find("MNEW")];
    const pageId = await aPage(cart.db, { path: "bakery" });
    expect((await cart.services.merchants.listFreePages()).map(({ id }) => id)).toContain(pageId);
    expect(await change(bakery.id, { kind: "page", pageId })).toEqual({ kind: "changed" });
    expect(await change(coop.id, { kind: "page", pageId })).toEqual({ kind: "gone" });
    expect((await find("MNEW")).pages).toMatchObject([{ id: pageId, path: "bakery" }]);
    expect(await change(coop.id, { kind: "no-page", pageId })).toEqual({ kind: "gone" });
    expect(await change(bakery.id, { kind: "no-page", pageId })).toEqual({ kind: "changed" });
    expect(await cart.services.merchants.listFreePages()).toContainEqual(expect.objectContaining({ id: pageId }));
  });

  it("one of them is the default one, whoever makes another so at the same moment", async () => {
    const all = await cart.services.merchants.list();
    await Promise.all(all.map(({ id }) => change(id, { kind: "default" })));
    expect((await cart.services.merchants.list()).filter(({ isDefault }) => isDefault)).toHaveLength(1);
    await change((await find("MCOOP")).id, { kind: "default" });
  });

  it("stand in the log, with their key only as being there", async () => {
    const { rows } = await cart.db.execute<{ text: string }>(sql`select string_agg(action || after::text, ' ') as text from audit_entries`);
    expect(rows[0]?.text).toContain("set key of merchant");
    expect(rows[0]?.text).not.toMatch(/sealed-for|Mill Lane/);
  });
});

describe("who is paid for a product", () => {
  const sellerOf = async (slug: string) => {
    const { rows } = await cart.db.execute<{ seller: { code: string } | null }>(
      sql`select ${sellerOfProduct("products")} as seller from products where slug = ${slug}`,
    );
    return rows[0]?.seller?.code ?? null;
  };

  it("is the merchant of the page whose place sells it: by hand, by supplier, by shelf and label; else the default one", async () => {
    const [mill, dairy] = [await aSupplier(cart.db, { slug: "mill" }), await aSupplier(cart.db, { slug: "dairy" })];
    const shelf = await aShelf(cart.db, { slug: "cheese" });
    const picked = await aProduct(cart.db, { slug: "picked", supplierId: dairy });
    await aProduct(cart.db, { slug: "flour", supplierId: mill });
    await aProduct(cart.db, { slug: "blue", supplierId: dairy, labels: ["organic"] }, [shelf]);
    await aProduct(cart.db, { slug: "plain", supplierId: dairy }, [shelf]);
    await aProduct(cart.db, { slug: "jam", supplierId: dairy });
    await aMerchantOfPage(cart.db, { slug: "stall", code: "MSTALL" }, { products: [picked], rules: [{ supplierId: mill }] });
    await aMerchantOfPage(
      cart.db,
      { slug: "cheesery", code: "MCHEESE", position: 2 },
      { rules: [{ categoryId: shelf, label: "organic" }] },
    );
    const found = await Promise.all(["picked", "flour", "blue", "plain", "jam"].map(sellerOf));
    expect(found).toEqual(["MSTALL", "MSTALL", "MCHEESE", "MCOOP", "MCOOP"]);
  });

  it("is of two places the first in their order", async () => {
    const both = await aProduct(cart.db, { slug: "both" });
    await aMerchantOfPage(cart.db, { slug: "late", code: "MLATE", position: 20 }, { products: [both] });
    await aMerchantOfPage(cart.db, { slug: "early", code: "MEARLY", position: 10 }, { products: [both] });
    expect(await sellerOf("both")).toBe("MEARLY");
  });

  it("is nobody where there is no default one", async () => {
    await cart.db.execute(sql`update merchants set is_default = false`);
    expect(await sellerOf("jam")).toBeNull();
    await aMerchant(cart.db, { code: "MAGAIN" });
    expect(await sellerOf("jam")).toBe("MAGAIN");
  });
});
