import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scrapeRuns } from "../../../../shared/models/scraping.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aScrape } from "../../../../tests/builders/scrapes.ts";
import { aSupplier } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const folder = mkdtempSync(join(tmpdir(), "rose-ash-suppliers-"));
const file = (slug: string, lines: string) => `supplier: ${slug}
name: The ${slug} people
start: ["https://${slug}.example/groceries"]
product: { pages: ["/products/*"] }
${lines}`;
writeFileSync(join(folder, "mill.yaml"), file("mill", 'schedule: "30 4 * * *"\naccept: { pricePercent: 5, fields: [stock] }'));
writeFileSync(join(folder, "oils.yaml"), file("oils", ""));
writeFileSync(join(folder, "wrong.yaml"), "supplier: <b>Wrong</b>");
const market = await openTestApp("market", {
  env: { SUPPLIERS_DIR: folder },
  clock: { now: () => new Date("2026-11-27T12:00:00Z") },
});
const { db, services } = market;
let [cookies, stranger]: Record<string, string>[] = [];
const as = () => ({ cookies: cookies ?? {} });
const text = (html: string) => html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

beforeAll(async () => {
  const [efua, grace] = [await aMember(db, { handle: "efua", name: "Efua" }), await aMember(db, { handle: "grace" })];
  await giveRole(db, efua, "editor", "market");
  [cookies, stranger] = [await signedIn(market, "market", efua), await signedIn(market, "market", grace)];
  await aSupplier(db, { slug: "cloth", name: "The Cloth Works" });
});
afterAll(() => market.close());

describe("suppliers behind the counter", { timeout: 30_000 }, () => {
  it("are those of files and those that were read once, with what is wrong with files, for who may edit the shop alone", async () => {
    const { body } = await market.get("/admin/suppliers", as());
    expect(text(body)).toMatch(/The mill people never Saturday 28 November, 04:30 none/);
    expect(text(body)).toMatch(/The oils people never by hand none/);
    expect(text(body)).toContain("wrong.yaml: supplier: is no short name");
    expect(body).not.toContain("<b>Wrong</b>");
    expect(text(body)).toContain("1 supplier sells to us of whom no file says how to read their pages: The Cloth Works");
    for (const path of ["/admin/suppliers", "/admin/suppliers/mill"]) {
      expect((await market.get(path, { cookies: stranger ?? {} })).statusCode).toBe(404);
      expect((await market.get(path)).statusCode).toBe(404);
    }
    expect((await market.post("/admin/suppliers/mill/runs", {}, { cookies: stranger ?? {} })).statusCode).toBe(404);
    for (const path of ["/admin/suppliers/nobody", "/admin/suppliers/%3Cb%3E", "/admin/scraping/runs/99"])
      expect([path, (await market.get(path, as())).statusCode]).toEqual([path, 404]);
  });

  it("show what their file says, and begin a run by a button, once", async () => {
    const { body } = await market.get("/admin/suppliers/mill", as());
    expect(text(body)).toMatch(/Begins at https:\/\/mill\.example\/groceries.*Accepted by rule prices within 5 %, all changes of stock/);
    const asked = await market.post("/admin/suppliers/mill/runs", {}, as());
    expect(asked.headers.location).toMatch(/^\/admin\/scraping\/runs\/\d+\?notice=run-asked$/);
    const again = await market.post("/admin/suppliers/mill/runs", {}, as());
    expect(again.headers.location).toBe(asked.headers.location?.replace("run-asked", "run-under-way"));
    expect((await market.post("/admin/suppliers/cloth/runs", {}, as())).statusCode).toBe(404);
    expect((await market.get("/admin/suppliers/mill", as())).body).not.toContain("Read their pages now");
  });

  it("have runs that show how far they are, and can be stopped, once", async () => {
    const [run] = await db.select().from(scrapeRuns).where(eq(scrapeRuns.state, "waiting"));
    const path = `/admin/scraping/runs/${run?.id}`;
    await db
      .update(scrapeRuns)
      .set({ counts: { listed: 9, fetched: 5, unchanged: 1, products: 4, refused: 1, failed: 0, bytes: 1_234_567 } })
      .where(eq(scrapeRuns.state, "waiting"));
    const { body } = await market.get(path, as());
    expect(body).toContain('<progress class="w-full" id="run-progress" value="7" max="7">');
    expect(body).toMatch(/hx-get="[^"]+" hx-trigger="every 2s"/);
    expect(text(body)).toMatch(/Asked for .* by Efua.*Fetched 1\.2 MB/);
    expect((await market.post(`${path}/resumption`, {}, as())).headers.location).toBe(`${path}?notice=run-over`);
    expect((await market.post(`${path}/stop`, {}, as())).headers.location).toBe(`${path}?notice=run-stopping`);
    expect((await market.post(`${path}/stop`, {}, as())).headers.location).toBe(`${path}?notice=run-over`);
    expect((await market.get(path, as())).body).not.toContain("hx-trigger");
  });

  it("say what a run reports, kind by kind, and what came of it", async () => {
    const supplierId = await aSupplier(db, { slug: "oils", name: "The oils people" });
    const runId = await aScrape(db, services.scraping, { supplierId, pages: [{ sku: "O1", name: "Oil", price: "3.00 GBP" }] });
    await db.transaction(async (tx) => {
      await services.scraping.note(tx, runId, { kind: "status", words: "Answered <i>500</i>.", url: "javascript:alert(1)" });
      await services.scraping.note(tx, runId, { kind: "captcha", words: "Are you human?" });
    });
    const { body } = await market.get(`/admin/scraping/runs/${runId}`, as());
    expect(text(body)).toMatch(/Look at 1 finding .*1 new, 0 changed, 0 gone; 0 of them held/);
    expect(body).not.toMatch(/<i>500|href="javascript/);
    const captcha = await market.get(`/admin/scraping/runs/${runId}?kind=captcha`, as());
    expect(text(captcha.body)).toContain("Are you human?");
    expect(text(captcha.body)).not.toContain("500");
    expect((await market.get(`/admin/scraping/runs/${runId}?kind=nonsense`, as())).statusCode).toBe(200);
  });

  it("say that their pages changed, until somebody says why that is right", async () => {
    const supplierId = await aSupplier(db, { slug: "mill", name: "The mill people" });
    const pages = (brand: object) => [1, 2, 3, 4, 5, 6].map((at) => ({ sku: `M${at}`, price: "1.00 GBP", ...brand }));
    await aScrape(db, services.scraping, { supplierId, pages: pages({ brand: "Mill" }) });
    const runId = await aScrape(db, services.scraping, { supplierId, pages: pages({}) });
    const drift = "Brand: on 0 % of the products, usually on 100 %.";
    for (const path of ["/admin/suppliers/mill", `/admin/scraping/runs/${runId}`])
      expect(text((await market.get(path, as())).body)).toContain(drift);
    expect(text((await market.get("/admin/suppliers", as())).body)).toContain("The mill people Pages changed");
    const [, action] =
      /action="(\/admin\/suppliers\/mill\/alarms\/\d+\/dismissal)"/.exec((await market.get("/admin/suppliers/mill", as())).body) ?? [];
    if (!action) throw new Error("no form");
    expect((await market.post(action, { reason: "x" }, { cookies: stranger ?? {} })).statusCode).toBe(404);
    expect((await market.post(action, { reason: "They have one brand" }, as())).headers.location).toBe(
      "/admin/suppliers/mill?notice=alarm-dismissed",
    );
    expect((await market.post(action, { reason: "Again" }, as())).headers.location).toBe("/admin/suppliers/mill?notice=not-there-now");
    const after = text((await market.get("/admin/suppliers/mill", as())).body);
    expect(after).toMatch(/When their pages changed .*Efua said that this is how it is now: They have one brand/);
  });
});
