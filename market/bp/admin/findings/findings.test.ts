import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ProductId, UserId } from "../../../../shared/models/ids.ts";
import { products } from "../../../../shared/models/market.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aScrape, type ScrapedPage } from "../../../../tests/builders/scrapes.ts";
import { aProduct, aShelf, aSupplier } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const market = await openTestApp("market");
const { db, services } = market;
const HOSTILE = `<script>alert("x")</script>`;
const LIST = "/admin/scraping/findings";
let [cookies, others, stranger]: Record<string, string>[] = [];
let efua: UserId;
let supplierId: number;
let count = 0;

beforeAll(async () => {
  efua = await aMember(db, { handle: "efua", name: "Efua" });
  const [bilal, grace] = [await aMember(db, { handle: "bilal", name: "Bilal" }), await aMember(db, { handle: "grace" })];
  for (const userId of [efua, bilal]) await giveRole(db, userId, "editor", "market");
  [cookies, others, stranger] = await Promise.all([efua, bilal, grace].map((userId) => signedIn(market, "market", userId)));
});
beforeEach(async () => {
  count += 1;
  supplierId = await aSupplier(db, { slug: `dairy-${count}`, name: `Dairy ${count}` });
});
afterAll(() => market.close());

const as = () => ({ cookies: cookies ?? {} });
const scrape = (pages: readonly ScrapedPage[]) => aScrape(db, services.scraping, { supplierId, pages });
const waiting = async () => {
  const filter = { supplierId, runId: null, group: null, state: "waiting", words: "" } as const;
  return (await services.scrapeReview.listFindings(filter, 1)).findings;
};
async function idOf(sku: string): Promise<number> {
  return (await waiting()).find((finding) => finding.sku === sku)?.id ?? expect.fail(`nothing waits for ${sku}`);
}
async function onShelf(sku: string, name = `Milk ${sku}`): Promise<ProductId> {
  const id = await aProduct(db, { slug: `p-${count}-${sku.toLowerCase()}`, name, priceMinor: 200, supplierId });
  const record = { productId: id, supplierId, sku, fields: { priceMinor: 200, name }, seenAt: new Date("2026-01-01T00:00:00Z") };
  await db.transaction((tx) => services.shelf.recordSource(tx, record));
  return id;
}
const priceOf = async (id: ProductId) =>
  (await db.select({ price: products.priceMinor }).from(products).where(eq(products.id, id)))[0]?.price;
const text = (html: string) => html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
/** Several values of one name, as a form sends them. */
const many = (path: string, pairs: [string, string][]) =>
  market.app.inject({
    method: "POST",
    url: path,
    payload: new URLSearchParams(pairs).toString(),
    headers: {
      host: new URL(market.origin).host,
      origin: market.origin,
      "content-type": "application/x-www-form-urlencoded",
      accept: "text/html",
    },
    ...as(),
  });

describe("the queue of findings", { timeout: 30_000 }, () => {
  it("is there for who may edit the shop, and for nobody else", async () => {
    await onShelf("A");
    await scrape([{ sku: "A", price: "2.20 GBP" }]);
    const id = await idOf("A");
    for (const path of [LIST, `${LIST}/${id}`]) {
      expect((await market.get(path, as())).statusCode).toBe(200);
      expect((await market.get(path, { cookies: stranger ?? {} })).statusCode).toBe(404);
      expect((await market.get(path)).statusCode).toBe(404);
    }
    const form = { field: "priceMinor" };
    expect((await market.post(`${LIST}/${id}/acceptance`, form, { cookies: stranger ?? {} })).statusCode).toBe(404);
    expect((await market.get(`${LIST}/999999`, as())).statusCode).toBe(404);
  });

  it("shows before and after with money and marked words, what is held with why, and nothing as HTML", async () => {
    await onShelf("A", "Whole milk");
    await scrape([
      { sku: "A", name: "Whole organic milk", price: "2.20 GBP" },
      { sku: "N", name: `Soap ${HOSTILE}`, price: "-1.00 GBP", brand: "<b>Bold</b>" },
    ]);
    const { body } = await market.get(`${LIST}?supplier=dairy-${count}`, as());
    expect(body).toContain("<ins>organic </ins>");
    expect(text(body)).toMatch(/£2\.00 → £2\.20 \+10 %/);
    expect(text(body)).toContain("A price below nothing is none.");
    expect(body).not.toContain(HOSTILE);
    expect(body).not.toContain("<b>Bold</b>");
    expect(text(body)).toContain("All 2 New 1 Changed 1 Only prices 0 Gone 0 Held 1 Decided");
  });

  it("is narrowed by kind, supplier, run and words, also by addresses that make no sense", async () => {
    await onShelf("A", "Whole milk");
    const run = await scrape([
      { sku: "A", price: "2.20 GBP" },
      { sku: "N", name: "Soap", price: "1.00 GBP" },
    ]);
    const titles = async (query: string) => {
      const { statusCode, body } = await market.get(`${LIST}?${query}`, as());
      expect([query, statusCode]).toEqual([query, 200]);
      return ["Whole milk", "Soap"].filter((title) => body.includes(`>${title}</a>`));
    };
    expect(await titles(`run=${run}`)).toEqual(["Whole milk", "Soap"]);
    expect(await titles(`run=${run}&group=prices`)).toEqual(["Whole milk"]);
    expect(await titles(`run=${run}&group=new`)).toEqual(["Soap"]);
    expect(await titles(`supplier=dairy-${count}&q=soa`)).toEqual(["Soap"]);
    expect(await titles("q=%25%27")).toEqual([]);
    expect(await titles(`supplier=dairy-${count}&page=99&group=nonsense&run=x&state=y`)).toEqual(["Whole milk", "Soap"]);
  });

  it("has those chosen decided, and all that are only prices, and says when some are left", async () => {
    const ids = [await onShelf("A"), await onShelf("B"), await onShelf("C")];
    await scrape([
      { sku: "A", price: "2.20 GBP" },
      { sku: "B", price: "2.30 GBP" },
      { sku: "C", price: "9.00 GBP" },
      { sku: "N", name: "Soap", price: "1.00 GBP" },
    ]);
    const back = `${LIST}?supplier=dairy-${count}`;
    expect((await market.post(`${LIST}/acceptance`, { back }, as())).headers.location).toBe(`${back}&notice=nothing-chosen`);
    const chosen = [
      ["finding", String(await idOf("N"))],
      ["finding", String(await idOf("A"))],
      ["back", back],
    ] as [string, string][];
    expect((await many(`${LIST}/acceptance`, chosen)).headers.location).toBe(`${back}&notice=findings-partly-decided`);
    const { body: listed } = await market.get(`${back}&group=prices`, as());
    const upTo = /name="upTo" value="(\d+)"/.exec(listed)?.[1] ?? "";
    await onShelf("D");
    // after the list was shown
    await scrape([
      { sku: "A", price: "2.20 GBP" },
      { sku: "B", price: "2.30 GBP" },
      { sku: "C", price: "9.00 GBP" },
      { sku: "D", price: "2.40 GBP" },
      { sku: "N", name: "Soap", price: "1.00 GBP" },
    ]);
    const press = (more: Record<string, string>) =>
      market.post(`${LIST}/acceptance`, { all: "prices", back: `${back}&group=prices`, ...more }, as());
    expect((await press({})).headers.location).toBe(`${back}&group=prices&notice=nothing-chosen`);
    const all = await press({ upTo });
    expect(all.headers.location).toBe(`${back}&group=prices&notice=findings-accepted`);
    expect(await Promise.all(ids.map(priceOf))).toEqual([220, 230, 200]);
    expect((await waiting()).map(({ sku }) => sku)).toContain("D");
    const rest = (await waiting()).map(({ id }): [string, string] => ["finding", String(id)]);
    expect((await many(`${LIST}/refusal`, [...rest, ["back", "//evil.example/"]])).headers.location).toBe(
      `${LIST}?notice=findings-declined`,
    );
    expect(await waiting()).toEqual([]);
    const { body } = await market.get(`${LIST}?state=settled&supplier=dairy-${count}`, as());
    expect(text(body)).toMatch(/Declined Efua/);
  });
});

it("decides about more than fits one transaction at one press of a button", { timeout: 30_000 }, async () => {
  const skus = Array.from({ length: 30 }, (_, at) => `S${at}`);
  for (const sku of skus) await onShelf(sku);
  await scrape(skus.map((sku) => ({ sku, price: "2.20 GBP" })));
  const back = `${LIST}?supplier=dairy-${count}&group=prices`;
  const answer = await market.post(`${LIST}/acceptance`, { all: "prices", upTo: String(Number.MAX_SAFE_INTEGER), back }, as());
  expect(answer.headers.location).toBe(`${back}&notice=findings-accepted`);
  expect(await waiting()).toEqual([]);
});

describe("a finding", { timeout: 30_000 }, () => {
  it("is decided field by field, by the one who comes first; the other one reads what was decided", async () => {
    const id = await onShelf("A");
    await scrape([{ sku: "A", name: "Better milk", price: "2.20 GBP" }]);
    const path = `${LIST}/${await idOf("A")}`;
    expect((await market.post(`${path}/acceptance`, {}, as())).headers.location).toBe(`${path}?notice=nothing-chosen`);
    expect((await market.post(`${path}/acceptance`, { field: "priceMinor" }, as())).headers.location).toBe(
      `${path}?notice=finding-accepted`,
    );
    const late = await market.post(`${path}/refusal`, { field: "priceMinor", reason: "too dear" }, { cookies: others ?? {} });
    expect(late.headers.location).toBe(`${path}?notice=finding-settled`);
    const { body } = await market.get(late.headers.location ?? "", { cookies: others ?? {} });
    expect(text(body)).toMatch(/Somebody decided that before you.*Accepted Efua/s);
    expect(await priceOf(id)).toBe(220);
    await scrape([{ sku: "A", name: "Best milk", price: "2.20 GBP" }]);
    const over = await market.get(path, as());
    expect(text(over.body)).toContain("A later run says otherwise");
    expect(over.body).toContain(`href="${LIST}/${await idOf("A")}"`);
  });

  it("says what staff say instead, and that what can't stand can only be declined", async () => {
    const id = await onShelf("A");
    await db.transaction((tx) =>
      services.shelf.editProduct(tx, { id, revision: 1, set: { name: "Our milk" }, follow: [], place: {}, reason: "plainer", by: efua }),
    );
    await scrape([{ sku: "A", name: "Milk A++", price: "2.20 EUR" }]);
    const path = `${LIST}/${await idOf("A")}`;
    const { body } = await market.get(path, as());
    expect(text(body)).toContain("We say Our milk (Efua: plainer), and that stands in the shop whatever is accepted here.");
    expect(text(body)).toContain("This is another currency than ours. It can only be declined.");
    expect((await market.post(`${path}/acceptance`, { field: "priceMinor" }, as())).headers.location).toContain("finding-untakable");
  });

  it("of something new becomes a product by a form that keeps what was typed", async () => {
    const shelf = await aShelf(db, { slug: `flour-${count}`, name: "Flour" });
    await scrape([{ sku: "N", name: "Rye flour 1.5 kg", price: "3.40 GBP", brand: "Mill" }]);
    const path = `${LIST}/${await idOf("N")}`;
    const { body } = await market.get(path, as());
    expect(body).toMatch(/name="packAmount"[^>]*value="1500"/);
    const form = {
      ...{
        name: "Rye flour",
        slug: `rye-${count}`,
        brand: "Mill",
        priceMinor: "3,60",
        vatClass: "zero",
        packAmount: "1500",
        packUnit: "g",
      },
      ...{ stock: "5", gtin: "", ingredients: "RYE.", shelves: String(shelf) },
    };
    const { shelves: _, ...without } = form;
    const wrong = await market.post(`${path}/product`, { ...without, priceMinor: "three", gtin: "123" }, as());
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="three"');
    for (const say of ["A price as 3.40.", "8, 12, 13 or 14 digits", "On which shelf"]) expect(wrong.body).toContain(say);
    const made = await market.post(`${path}/product`, form, as());
    expect(made.statusCode).toBe(303);
    expect(made.headers.location).toMatch(/^\/admin\/products\/\d+\?notice=product-made$/);
    const [row] = await db
      .select()
      .from(products)
      .where(eq(products.slug, `rye-${count}`));
    expect(row).toMatchObject({ name: "Rye flour", priceMinor: 360, stock: 5, packAmount: 1500, areAllergensStated: false });
    expect((await market.post(`${path}/product`, { ...form, slug: "again" }, as())).headers.location).toBe(
      `${path}?notice=finding-settled`,
    );
  });

  it("of something new is found to be one that is here, or nothing for us", async () => {
    const id = await aProduct(db, { slug: `here-${count}`, name: "Lavender soap", supplierId });
    await scrape([
      { sku: "N", name: "Soap, lavender", price: "1.00 GBP" },
      { sku: "M", name: "Wax", price: "1.00 GBP" },
    ]);
    const path = `${LIST}/${await idOf("N")}`;
    expect((await market.get(`${path}?q=lavender`, as())).body).toContain("It is this one");
    expect((await market.post(`${path}/link`, { product: "99999999" }, as())).statusCode).toBe(404);
    expect((await market.post(`${path}/link`, { product: String(id) }, as())).headers.location).toBe(
      `/admin/products/${id}?notice=product-linked`,
    );
    expect(await priceOf(id)).toBe(250);
    const other = `${LIST}/${await idOf("M")}`;
    const fields = (await waiting())[0]?.fields.map(({ field }): [string, string] => ["field", field]) ?? [];
    expect((await many(`${other}/refusal`, [...fields, ["reason", "no soap"]])).headers.location).toBe(`${other}?notice=finding-declined`);
  });
});
