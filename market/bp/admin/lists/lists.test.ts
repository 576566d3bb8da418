import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { products } from "../../../../shared/models/market.ts";
import { productOverrides, productSources } from "../../../../shared/models/product-history.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct, aShelf, aSupplier } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const market = await openTestApp("market");
const HOSTILE = "<script>alert(1)</script>";
let cookies: Record<string, string>;
let stranger: Record<string, string>;
let supplierId: number;

beforeAll(async () => {
  const [efua, grace] = [await aMember(market.db, { handle: "efua" }), await aMember(market.db, { handle: "grace" })];
  await giveRole(market.db, efua, "steward", "market");
  [cookies, stranger] = [await signedIn(market, "market", efua), await signedIn(market, "market", grace)];
  supplierId = await aSupplier(market.db);
  const shelf = await aShelf(market.db, { slug: "nuts", name: "Nuts" });
  await aProduct(market.db, { slug: "walnut", name: `=Walnut, "${HOSTILE}"`, supplierId, priceMinor: 400, description: "-\nfrom here" }, [
    shelf,
  ]);
  await aProduct(market.db, { slug: "almond", name: "Almond", supplierId, priceMinor: 350, costMinor: 200, stock: 0 }, [shelf]);
  const record = { productId: 1 as never, supplierId, sku: "29932", fields: { name: "Walnuts" }, seenAt: new Date(0) };
  const [walnut] = await market.db.select().from(products).where(eq(products.slug, "walnut"));
  if (walnut) await market.db.transaction((tx) => market.services.shelf.recordSource(tx, { ...record, productId: walnut.id }));
});
afterAll(() => market.close());

async function bring(bytes: Uint8Array | string, options: { cookies?: Record<string, string>; name?: string } = {}) {
  const head = `--x\r\ncontent-disposition: form-data; name="file"; filename="${options.name ?? "list.csv"}"\r\ncontent-type: text/csv\r\n\r\n`;
  return market.app.inject({
    ...{
      method: "POST",
      url: "/admin/lists",
      payload: Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from("\r\n--x--\r\n")]),
    },
    headers: {
      host: new URL(market.origin).host,
      origin: market.origin,
      accept: "text/html",
      "content-type": "multipart/form-data; boundary=x",
    },
    cookies: options.cookies ?? cookies,
  });
}
const idOf = (address: unknown) => /\/(\d+)$/.exec(String(address))?.[1] ?? "";

/** Brings a list, names its columns as they are guessed, with what is said in the form, and gives the draft's page. */
async function draft(bytes: Uint8Array | string, form: Record<string, string>) {
  const { headers } = await bring(bytes);
  const id = idOf(headers["location"]);
  const page = await market.get(`/admin/lists/${id}`, { cookies });
  const chosen = [...page.body.matchAll(/name="(column-\d+)">(.*?)<\/select>/gs)].map(([, name = "", options = ""]) => [
    name,
    /value="(\w*)" selected/.exec(options)?.[1] ?? "",
  ]);
  const named = await market.post(`/admin/lists/${id}`, { ...Object.fromEntries(chosen), ...form }, { cookies });
  return { id, named, body: (await market.get(`/admin/changes/${id}`, { cookies })).body };
}
const apply = (id: string, form: Record<string, string> = {}) =>
  market.post(`/admin/changes/${id}/application`, { reason: "Spring list", ...form }, { cookies });
async function rowOf(slug: string) {
  const [row] = await market.db.select().from(products).where(eq(products.slug, slug));
  if (!row) throw new Error(slug);
  return row;
}

describe("a list of products", { timeout: 30_000 }, () => {
  it("is brought and taken by who may edit the shop, and by nobody else", async () => {
    expect((await bring("a,b\n1,2", { cookies: stranger })).statusCode).toBe(404);
    for (const path of ["/admin/lists", "/admin/lists/products.csv"]) {
      expect((await market.get(path, { cookies: stranger })).statusCode).toBe(404);
      expect((await market.get(path, { cookies })).statusCode).toBe(200);
    }
  });

  it("that is none is refused in words", async () => {
    for (const bytes of ["", "only a header\n", 'a,b\n"1,2\n', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0])]) {
      const answer = await bring(bytes, { name: HOSTILE });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).not.toContain(HOSTILE);
    }
    expect((await bring(new Uint8Array(10_000_001).fill(0x61))).statusCode).toBe(422);
  });

  it("taken out and brought back changes nothing, whatever stands in it", async () => {
    const out = await market.get("/admin/lists/products.csv", { cookies });
    expect(out.body).toMatch(/^walnut,29932,/m);
    expect(out.body).toMatch(/^almond,,/m);
    expect(out.body).not.toMatch(/^[=+@-]|,[=+@-]/m);
    const { id, body } = await draft(out.rawPayload, { whose: "ours" });
    expect(body).toContain("Nothing would change");
    const { set } = await market.services.changeSets.getSet(Number(id) as never, null, 1);
    expect(set.counts).toMatchObject({ same: 2, changed: 0, refused: 0, held: 0, new: 0 });
    expect(await market.db.$count(productOverrides)).toBe(0);
  });

  it("of our own is what we say from now on, only where it differs", async () => {
    const { id, body } = await draft("address;price;origin\nwalnut;4,20;\nalmond;3,50;Spain\n", { whose: "ours" });
    expect(body).toContain("2 products change");
    await apply(id);
    expect(await rowOf("walnut")).toMatchObject({ priceMinor: 420 });
    const said = await market.db.select({ field: productOverrides.field }).from(productOverrides);
    expect(said.map(({ field }) => field).sort()).toEqual(["origin", "priceMinor"]);
  });

  it("of a supplier is what they say, in what letters it may be, and says of each line what it would do", async () => {
    const list =
      "Order number;Name;Price (net);VAT;Unit;pack amount;Stock;price\n" +
      "29932;Walnüsse;2,34;20;g;500;;4,00\n" +
      "28391;Pinienkerne;5,56;0;g;100;3;9,90\n" +
      "28391;Doppelt;5,56;0;g;100;3;9,90\n" +
      "1829;Apfelsaft;-3,21;0;ml;250;3;1,00\n" +
      "77;Nichts;1,00;0;g;100;5;0,00\n";
    const { id, named, body } = await draft(new Uint8Array(Buffer.from(list, "latin1")), { whose: "theirs", supplier: String(supplierId) });
    expect(named.statusCode).toBe(303);
    expect(body).toContain("Cost can’t be “-3,21”.");
    expect(body).toContain("The same as line 3.");
    expect(body).toContain("Its price would be nought.");
    expect(body).toContain("We say otherwise, and that stays: Price, with VAT.");
    expect(await rowOf("walnut")).toMatchObject({ costMinor: null });
    await apply(id);
    expect(await rowOf("walnut")).toMatchObject({ costMinor: 234, priceMinor: 420, name: "Walnüsse" });
    expect(await rowOf("pinienkerne")).toMatchObject({ costMinor: 556, priceMinor: 990, stock: 3 });
    const sources = await market.db.select().from(productSources);
    expect(sources.map(({ sku }) => sku).sort()).toEqual(["28391", "29932"]);
    expect((await market.post(`/admin/lists/${id}`, { whose: "ours" }, { cookies })).statusCode).toBe(404);
  });

  it("asks whose it is, and for the column that names products", async () => {
    const { named } = await draft("name;price\nWalnut;1,00\n", { whose: "ours" });
    expect(named.statusCode).toBe(422);
    const unsaid = await draft("number;price\n29932;1,00\n", { whose: "theirs", supplier: "999" });
    expect([unsaid.named.statusCode, unsaid.named.body.includes("Say whose list it is.")]).toEqual([422, true]);
  });
});
