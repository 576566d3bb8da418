import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserId } from "../../../../shared/models/ids.ts";
import { merchants } from "../../../../shared/models/merchants.ts";
import { openTestApp, type TestApp } from "../../../../tests/app.ts";
import { aMerchant, aPerson, aPlacedOrder } from "../../../../tests/builders/payments.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

let cart: TestApp;
let by: UserId;
let staff: Record<string, string>;
const today = new Date().toISOString().slice(0, 10);
const ALL = { from: "2026-01-01", until: "2099-12-31", merchant: null };

beforeAll(async () => {
  cart = await openTestApp("cart");
  await aMerchant(cart.db);
  by = await aPerson(cart.db);
  const efua = await aMember(cart.db, { handle: "efua", name: "Efua" });
  await giveRole(cart.db, efua, "steward", "cart");
  staff = await signedIn(cart, "cart", efua);
  for (const [index, vatClass] of (["zero", "reduced", "standard"] as const).entries())
    await aProduct(cart.db, { slug: vatClass, stock: 10_000, priceMinor: 137 + index * 211, vatClass });
  for (let n = 1; n <= 16; n += 1)
    await aSale({ zero: 1 + (n % 3), reduced: 1 + (n % 2), standard: 1 + (n % 5) }, n % 4 === 0 ? 100 + 37 * n : 0);
}, 60_000);
afterAll(() => cart.close());

async function aSale(wish: Record<string, number>, backMinor: number) {
  const { payments } = cart.services;
  const { orderId } = await aPlacedOrder(cart, wish);
  await cart.app.transaction((tx) => payments.payByHand(tx, { orderId, kind: orderId % 2 ? "cash" : "bank", by, paidAt: new Date() }));
  if (backMinor > 0) {
    const wanted = {
      orderId,
      amountMinor: backMinor,
      reason: "goodwill" as const,
      note: "",
      by,
      requestKey: randomUUID(),
      way: "as-it-came" as const,
    };
    await cart.app.transaction((tx) => payments.requestRefund(tx, wanted));
  }
}

const balance = async (accounts: string) => {
  const { rows } = await cart.db.execute<{ sum: string }>(
    sql`select coalesce(sum(amount_minor), 0) as sum from postings where account ~ ${accounts}`,
  );
  return Number(rows[0]?.sum);
};
const get = (path: string, cookies = staff) => cart.get(path, { cookies });
const table = (text: string) =>
  text
    .replace("\ufeff", "")
    .trim()
    .split("\r\n")
    .map((line) => line.split(","));
const minor = (amount = "") => Math.round(Number(amount) * 100);

describe("the books", { timeout: 60_000 }, () => {
  it("add up to the ledger, rate by rate, to the penny", async () => {
    const sums = await cart.services.books.listSums(ALL);
    expect(sums.map(({ vatBasisPoints }) => vatBasisPoints)).toEqual([0, 500, 2000]);
    for (const { vatClass, soldNetMinor, soldVatMinor, backNetMinor, backVatMinor, netMinor, vatMinor, grossMinor } of sums) {
      expect([vatClass, soldNetMinor]).toEqual([vatClass, -(await balance(`^sales:${vatClass}$`))]);
      expect([vatClass, backNetMinor]).toEqual([vatClass, await balance(`^refunds:${vatClass}$`)]);
      expect([vatClass, vatMinor]).toEqual([vatClass, 0 - (await balance(`^vat:${vatClass}$`))]);
      expect([netMinor, vatMinor]).toEqual([soldNetMinor - backNetMinor, soldVatMinor - backVatMinor]);
      expect(grossMinor).toBe(netMinor + vatMinor);
      expect(backNetMinor).toBeGreaterThan(0);
    }
    expect(sums.reduce((sum, { grossMinor }) => sum + grossMinor, 0)).toBe(await balance("^(cash|bank):"));
  });

  it("say of each account what it had, what moved and what it has", async () => {
    const moves = await cart.services.books.listAccounts(ALL);
    for (const { account, beforeMinor, inMinor, outMinor, afterMinor } of moves) {
      expect([account, afterMinor]).toEqual([account, await balance(`^${account}$`)]);
      expect(beforeMinor + inMinor - outMinor).toBe(afterMinor);
    }
    const later = await cart.services.books.listAccounts({ ...ALL, from: "2099-01-01" });
    expect(later.map(({ account, beforeMinor }) => [account, beforeMinor])).toEqual(
      moves.map(({ account, afterMinor }) => [account, afterMinor]),
    );
    expect(later.every(({ inMinor, outMinor }) => inMinor === 0 && outMinor === 0)).toBe(true);
  });

  it("are cut by days of the co-operative's zone, and by merchant", async () => {
    const everything = await cart.services.books.listLines(ALL);
    expect(everything.length).toBeGreaterThan(45);
    expect(await cart.services.books.listLines({ ...ALL, until: "2026-01-31" })).toEqual([]);
    expect(await cart.services.books.listLines({ ...ALL, merchant: "MOTHER" })).toEqual([]);
    expect(await cart.services.books.listLines({ ...ALL, merchant: "MCOOP" })).toEqual(everything);
    const { rows } = await cart.db.execute<{ day: string }>(sql`select (now() at time zone 'Europe/London')::date::text as day`);
    const day = rows[0]?.day ?? "";
    expect(await cart.services.books.listLines({ from: day, until: day, merchant: null })).toEqual(everything);
  });
});

describe("the book-keeper's files", { timeout: 60_000 }, () => {
  const period = `from=2026-01-01&until=${today}`;

  it("are what the ledger has: sales and refunds line by line, and added up", async () => {
    const answer = await get(`/admin/books/sales.csv?${period}`);
    expect(answer.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "cache-control": "private, no-store",
      "content-disposition": `attachment; filename="sales-2026-01-01-${today}.csv"`,
    });
    const [head = [], ...rows] = table(answer.body);
    const column = (name: string) => head.indexOf(name);
    const sum = (name: string, of = rows) => of.reduce((total, row) => total + minor(row[column(name)]), 0);
    expect(sum("Net")).toBe(-(await balance("^(sales|refunds):")));
    expect(sum("VAT")).toBe(-(await balance("^vat:")));
    expect(sum("Gross")).toBe(await balance("^(cash|bank):"));
    expect(
      sum(
        "Gross",
        rows.filter((row) => row[column("Paid by")] === "cash"),
      ),
    ).toBe(await balance("^cash:"));
    const byRate = table((await get(`/admin/books/vat.csv?${period}`)).body);
    expect(byRate.slice(1).reduce((total, row) => total + minor(row[9]), 0)).toBe(sum("Gross"));
    const accounts = table((await get(`/admin/books/accounts.csv?${period}`)).body).slice(1);
    expect(accounts.reduce((total, row) => total + minor(row[4]), 0)).toBe(0);
  });

  it.each([
    "",
    "from=2026-01-01",
    "from=x&until=y",
    "from=2026-02-01&until=2026-01-01",
    "from=2026-02-30&until=2026-03-01",
    "from=2026-01-01&until=2026-01-02&merchant=%27",
  ])("are none for %j", async (query) => {
    for (const file of ["sales", "vat", "accounts"]) expect((await get(`/admin/books/${file}.csv?${query}`)).statusCode).toBe(400);
  });

  it("and the page of them are for staff alone", async () => {
    for (const path of ["", "/sales.csv", "/vat.csv", "/accounts.csv"])
      expect((await get(`/admin/books${path}?${period}`, {})).statusCode).toBe(404);
  });

  it("hold no formula, whatever orders are called", async () => {
    await cart.db.update(merchants).set({ name: "=cmd|' /C calc'!A0" });
    const buyer = `=HYPERLINK("http://evil.example")`;
    await cart.db.execute(sql`update orders set buyer_name = ${buyer} where id = (select min(id) from orders)`);
    const { body } = await get("/admin/orders.csv");
    expect(body).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    for (const row of table(body)) for (const cell of row) expect(cell).not.toMatch(/^"?[=+@\t\r]/);
    const { rows } = await cart.db.execute(sql`select after from audit_entries where action = 'download orders'`);
    expect(rows).toEqual([{ after: { orders: 16 } }]);
  });
});

describe("the page of the books", { timeout: 60_000 }, () => {
  it("shows this month by itself, any period when asked, and takes what is no day for none", async () => {
    const { body, statusCode } = await get("/admin/books");
    expect(statusCode).toBe(200);
    for (const words of ["20 %", "cash:MCOOP", `name="from" type="date" value="${today.slice(0, 7)}-01"`]) expect(body).toContain(words);
    expect((await get("/admin/books?from=2026-01-01&until=2026-01-31")).body).toContain("Nothing was sold in that time");
    expect((await get("/admin/books?from=%27&until=9999-99-99&merchant=%3B")).statusCode).toBe(200);
  });
});
