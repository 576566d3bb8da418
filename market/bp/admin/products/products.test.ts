import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EVERY_PRODUCT } from "../../../../shared/contracts/shelf.ts";
import type { ProductId } from "../../../../shared/models/ids.ts";
import { products } from "../../../../shared/models/market.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aFile } from "../../../../tests/builders/media.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct, aSupplier } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const market = await openTestApp("market");
const HOSTILE = "<script>alert(1)</script>";
let cookies: Record<string, string>;
let stranger: Record<string, string>;
let rye: ProductId;

beforeAll(async () => {
  const [efua, grace] = [await aMember(market.db, { handle: "efua", name: "Efua" }), await aMember(market.db, { handle: "grace" })];
  await giveRole(market.db, efua, "steward", "market");
  [cookies, stranger] = [await signedIn(market, "market", efua), await signedIn(market, "market", grace)];
  const supplierId = await aSupplier(market.db);
  rye = await aProduct(market.db, { slug: "rye", name: `Rye ${HOSTILE}`, supplierId, priceMinor: 420, stock: 3 });
  const fields = { priceMinor: 420, origin: "Yorkshire" };
  await market.db.transaction((tx) =>
    market.services.shelf.recordSource(tx, { productId: rye, supplierId, sku: "S-1", fields, seenAt: new Date("2026-11-01T09:00:00Z") }),
  );
});
afterAll(() => market.close());

/** The form as the page sends it, with some of it typed anew. */
async function form(changes: Record<string, string> = {}): Promise<Record<string, string>> {
  const { body } = await market.get(`/admin/products/${rye}`, { cookies });
  const [, revision = ""] = /name="revision" value="(\d+)"/.exec(body) ?? [];
  const row = await rowOf();
  return {
    ...{ revision, name: row.name, brand: row.brand, description: row.description, priceMinor: (row.priceMinor / 100).toFixed(2) },
    ...{
      membersPriceMinor: "",
      costMinor: "",
      isOnSale: "yes",
      vatClass: row.vatClass,
      packAmount: String(row.packAmount),
      packUnit: row.packUnit,
      caseSize: "",
      gtin: "",
    },
    ...{
      ingredients: row.ingredients,
      recipe: row.recipe.join(", "),
      isRecipeWhole: "no",
      labels: row.labels.join(", "),
      origin: row.origin,
    },
    ...(row.areAllergensStated ? { allergens: "known" } : {}),
    ...changes,
  };
}
const save = async (changes: Record<string, string>) => market.post(`/admin/products/${rye}`, await form(changes), { cookies });
async function rowOf() {
  const [row] = await market.db.select().from(products).where(eq(products.id, rye));
  if (!row) throw new Error("no rye");
  return row;
}

describe("a product behind the counter", { timeout: 30_000 }, () => {
  it("is there for who may edit the shop, and for nobody else", async () => {
    for (const path of ["/admin/products", `/admin/products/${rye}`]) {
      expect((await market.get(path, { cookies })).statusCode).toBe(200);
      expect((await market.get(path, { cookies: stranger })).statusCode).toBe(404);
      expect((await market.get(path)).statusCode).toBe(404);
    }
    expect((await market.post(`/admin/products/${rye}`, await form({ name: "Mine" }), { cookies: stranger })).statusCode).toBe(404);
    expect((await market.get("/admin/products/99999", { cookies })).statusCode).toBe(404);
  });

  it("shows what the supplier says beside what we say instead, with who and why, until we believe the supplier again", async () => {
    expect((await save({ priceMinor: "3,90", reason: "A week's offer" })).statusCode).toBe(303);
    expect(await rowOf()).toMatchObject({ priceMinor: 390, origin: "Yorkshire" });
    const page = await market.get(`/admin/products/${rye}`, { cookies });
    expect(page.body).toMatch(/The Old Dairy says: <span[^>]*>4\.20<\/span>/);
    expect(page.body).toMatch(/We say so since .*, Efua: A week/s);
    expect(page.body).not.toContain(HOSTILE);
    expect((await save({ follow: "priceMinor", priceMinor: "3.90" })).statusCode).toBe(303);
    expect(await rowOf()).toMatchObject({ priceMinor: 420 });
  });

  it("asks for a reason, and says what is wrong beside the field, keeping what was typed", async () => {
    const silent = await save({ origin: "Kent" });
    expect(silent.statusCode).toBe(422);
    expect(silent.body).toContain("Say why");
    const wrong = await save({ priceMinor: "four pounds", reason: "x" });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="four pounds"');
    expect(await rowOf()).toMatchObject({ priceMinor: 420, origin: "Yorkshire" });
  });

  it("keeps nothing from a form that is late", async () => {
    const late = await form({ origin: "Kent", reason: "They moved" });
    await save({ brand: "Oven", reason: "It has a name now" });
    const answer = await market.post(`/admin/products/${rye}`, late, { cookies });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('value="Kent"');
    expect(await rowOf()).toMatchObject({ origin: "Yorkshire", brand: "Oven" });
  });

  it("states allergens row by row, and takes them back as a whole", async () => {
    await save({ allergens: "known", "allergen-milk": "contains", "allergen-nuts": "may", reason: "Read from the packet" });
    expect(await rowOf()).toMatchObject({ areAllergensStated: true, contains: ["milk"], mayContain: ["nuts"] });
    const { allergens: _, ...unknown } = await form({ reason: "Another recipe" });
    await market.post(`/admin/products/${rye}`, unknown, { cookies });
    expect(await rowOf()).toMatchObject({ areAllergensStated: false, contains: [], mayContain: [] });
  });

  it("is made with what it can't be without, off sale, and comes back with what was typed", async () => {
    const [kent] = (await market.services.shelf.listChoices()).suppliers;
    const typed = { name: `Oat ${HOSTILE}`, slug: "oat-loaf", supplierId: String(kent?.id), packAmount: "750", packUnit: "g" };
    const wrong = await market.post("/admin/products", { ...typed, priceMinor: "-1", vatClass: "zero" }, { cookies });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="oat-loaf"');
    expect(wrong.body).not.toContain(HOSTILE);
    const made = await market.post("/admin/products", { ...typed, priceMinor: "3.80", vatClass: "zero" }, { cookies });
    expect(made.statusCode).toBe(303);
    const [row] = await market.db.select().from(products).where(eq(products.slug, "oat-loaf"));
    expect(row).toMatchObject({ isOnSale: false, priceMinor: 380, stock: 0 });
    expect((await market.post("/admin/products", { ...typed, priceMinor: "3.80", vatClass: "zero" }, { cookies })).statusCode).toBe(422);
    expect((await market.get("/products/oat-loaf")).body).toContain("No longer on sale");
    expect((await market.get("/search?q=oat")).body).not.toContain("oat-loaf");
  });

  it("is narrowed by what is lacking, and shows what was asked", async () => {
    const page = await market.get("/admin/products?lacks=cost&sale=off", { cookies });
    expect(page.body).toContain("1 pack<");
    expect(
      (await market.get(`/admin/products?q=${encodeURIComponent("%'\"<_")}&shelf=x&supplier=-1&lacks=z`, { cookies })).statusCode,
    ).toBe(200);
  });

  it("has its stock as it was counted, and leaves alone what nobody touched", async () => {
    const other = await aProduct(market.db, { slug: "jam", stock: 7 });
    const counted = {
      [`was-${rye}`]: "3",
      [`stock-${rye}`]: "11",
      [`was-${other}`]: "9",
      [`stock-${other}`]: "9",
      "stock-x": "1",
      reason: "Friday",
    };
    expect((await market.post("/admin/stock-take", counted, { cookies })).statusCode).toBe(303);
    expect(await rowOf()).toMatchObject({ stock: 11 });
    expect((await market.services.shelf.listStock({ ...EVERY_PRODUCT, words: "jam" }, 1)).lines).toMatchObject([{ stock: 7 }]);
    const late = await market.post("/admin/stock-take", { [`was-${other}`]: "9", [`stock-${other}`]: "10" }, { cookies });
    expect(late.headers.location).toContain(`moved=${other}&notice=counted-partly`);
    expect((await market.services.shelf.listStock({ ...EVERY_PRODUCT, words: "jam" }, 1)).lines).toMatchObject([{ stock: 7 }]);
    expect((await market.get(`/admin/stock-take?moved=${other}`, { cookies })).body.match(/count again/g)).toHaveLength(1);
  });

  it("shows several pictures in the order that staff give them, and a stranger changes none", async () => {
    const photo = (name: string) => aFile(market.db, { name, contentType: "image/jpeg", width: 300, height: 300, alt: name });
    const [front, back] = [await photo("front"), await photo("back")];
    const here = `/admin/products/${rye}/pictures`;
    const send = (path: string, form: Record<string, string>, who = cookies) => market.post(`${here}${path}`, form, { cookies: who });
    for (const path of ["", `/${front}/position`, `/${front}/removal`])
      expect((await send(path, { pictureId: String(front), direction: "up" }, stranger)).statusCode).toBe(404);
    expect((await send("", {})).headers.location).toContain("notice=nothing-chosen");
    expect((await send("", { pictureId: "999999" })).headers.location).toContain("notice=not-there-now");
    for (const id of [front, back]) expect((await send("", { pictureId: String(id) })).headers.location).toContain("notice=saved");
    await send(`/${back}/position`, { direction: "up" });
    expect((await send(`/${back}/position`, { direction: "sideways" })).statusCode).toBe(400);
    const page = (await market.get("/products/rye")).body;
    expect(page.match(/id="picture-\d"/g)).toHaveLength(2);
    expect(page.indexOf('alt="back"')).toBeLessThan(page.indexOf('alt="front"'));
    expect(page).toMatch(/"image":\s*\[/);
    await send(`/${back}/removal`, {});
    expect((await market.get("/products/rye")).body).not.toContain('id="picture-1"');
    expect((await send(`/${back}/removal`, {})).headers.location).toContain("notice=not-there-now");
  });
});
