import { OPEN_INTERNET } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { partsFor, scrape, supplierOf } from "../../../../tests/scrape-shop.ts";
import { type Fault, openTestShop, type TestShop } from "../../../../tests/test-shop/index.ts";

const site = await openTestApp("market");
let shop: TestShop;
let slug = "";
let shops = 0;
beforeEach(async () => {
  await shop?.close();
  shop = await openTestShop(6);
  slug = `mill-${++shops}`;
});
afterAll(async () => {
  await shop?.close();
  await site.close();
});

const pathOf = (index: number) => shop.products[index]?.path ?? "";
const run = async (lines = "") => {
  const { runId, result } = await scrape(site, supplierOf(shop, slug, lines));
  const entries = await site.services.scraping.listEntries(runId, null);
  return {
    ...result,
    runId,
    counts: (await site.services.scraping.getRun(runId)).counts,
    entries: entries.map(({ kind, url }) => [kind, url.replace(shop.origin, "")]),
    words: entries.map(({ words }) => words),
  };
};
const records = async () => {
  const { rows } = await site.db.execute<{ sku: string; name: string; price: string; doubts: string[]; missing: string | null }>(sql`
    select sku, fields #>> '{name,value}' as name, fields #>> '{price,value}' as price, doubts, missing_since_run as missing
    from scrape_records join suppliers on suppliers.id = supplier_id where slug = ${slug} order by scrape_records.id`);
  return rows;
};

describe("one bad page", { timeout: 30_000 }, () => {
  it.each<[string, Fault, string]>([
    ["a gzip bomb", { kind: "bomb", bytes: 50_000_000 }, "too-large"],
    ["endless bytes", { kind: "large", bytes: 9_000_000 }, "too-large"],
    ["a picture", { kind: "html", body: "PNG", contentType: "image/png" }, "wrong-type"],
    ["nothing that can be unpacked", { kind: "status", status: 200, headers: { "content-encoding": "gzip" } }, "wrong-type"],
    ["a packing that nobody knows", { kind: "status", status: 200, headers: { "content-encoding": "zip" } }, "wrong-type"],
    ["a page without a product", { kind: "html", body: "<title>Oven</title><h1>About our oven</h1>" }, "no-product"],
    ["a way to another shop", { kind: "redirect", to: "http://elsewhere.example/x" }, "redirect-elsewhere"],
    ["a way into our network", { kind: "redirect", to: "http://169.254.169.254/latest/meta-data/" }, "redirect-elsewhere"],
    ["a refusal", { kind: "status", status: 403 }, "status"],
  ])("that is %s costs that page alone: the run is complete, and nothing is missing", async (_what, fault, kind) => {
    await run();
    shop.faults.set(pathOf(2), fault);
    const seen = await run();
    expect(seen.entries).toEqual([[kind, pathOf(2)]]);
    expect(seen).toMatchObject({ state: "complete", counts: { products: 5, refused: 1 } });
    expect((await records()).filter(({ missing }) => missing !== null)).toEqual([]);
  });

  it("that leads to itself, or to one that leads back, is left", async () => {
    shop.faults.set(pathOf(0), { kind: "redirect", to: pathOf(0) });
    shop.faults.set(pathOf(1), { kind: "redirect", to: "/products/turn" });
    shop.faults.set("/products/turn", { kind: "redirect", to: pathOf(1) });
    const seen = await run();
    expect(seen.entries).toEqual([
      ["redirect-loop", pathOf(0)],
      ["redirect-loop", pathOf(1)],
    ]);
    expect(seen.state).toBe("complete");
    expect(shop.asked.filter(({ path }) => path === pathOf(1))).toHaveLength(1);
  });

  it.each([
    [
      "has a script against robots, and no price",
      '<title>Rye</title><h1>Rye</h1><script src="https://www.google.com/recaptcha/api.js"></script>',
      "no-product",
    ],
    ["asks each time whether we are human", '<title>Rye</title><div class="g-recaptcha"></div>', "captcha"],
  ])("that %s is left, and the run is complete", async (_what, body, kind) => {
    await run();
    shop.faults.set(pathOf(2), { kind: "html", body });
    const seen = await run();
    expect(seen).toMatchObject({ state: "complete", counts: { products: 5, refused: 1 } });
    expect(new Set(seen.entries.map(([entry]) => entry))).toEqual(new Set([kind]));
    expect((await records()).filter(({ missing }) => missing !== null)).toEqual([]);
  });

  it("that is not there any more, or leads to the list, is gone", async () => {
    await run();
    shop.faults.set(pathOf(0), { kind: "status", status: 410 });
    shop.faults.set(pathOf(1), { kind: "redirect", to: "/groceries" });
    const seen = await run();
    expect(seen.entries).toEqual([
      ["gone", pathOf(0)],
      ["gone", pathOf(1)],
      ["missing", ""],
    ]);
    expect((await records()).filter(({ missing }) => missing !== null).map(({ sku }) => sku)).toEqual(["TS1001", "TS1002"]);
  });

  it("that fails each time makes the run incomplete, and nothing is missing", async () => {
    await run();
    shop.products.splice(0, 1);
    shop.faults.set(pathOf(2), { kind: "status", status: 500 });
    const seen = await run();
    expect(seen).toMatchObject({ state: "incomplete", entries: [["status", pathOf(2)]], counts: { failed: 1 } });
    expect(shop.asked.filter(({ path, status }) => path === pathOf(2) && status === 500)).toHaveLength(3);
    expect((await records()).filter(({ missing }) => missing !== null)).toEqual([]);
  });

  it("is read in its own encoding, with what is broken in it", async () => {
    const latin = Buffer.from(
      '<meta charset="iso-8859-1"><title>Gruyère</title><h1>Gruyère</h1><p>Ref: GR100</p><p class="price">£12.50</p>',
      "latin1",
    );
    shop.faults.set(pathOf(0), { kind: "html", body: latin });
    const broken = `<title>Comté</title><h1>Comté</h1><script type="application/ld+json">{"@type":"Product", // the cheese
      "name":"Comté","sku":"CO200","offers":{"@type":"Offer","price":"1.234,50","priceCurrency":"EUR"},}</script>`;
    shop.faults.set(pathOf(1), { kind: "html", body: broken, contentType: "text/html; charset=utf-8" });
    const seen = await run();
    expect(seen.entries).toEqual([["broken-json-ld", pathOf(1)]]);
    expect((await records()).slice(0, 2)).toMatchObject([
      { name: "Gruyère", price: "12.50" },
      { sku: "CO200", name: "Comté", price: "1234.50" },
    ]);
  });
});

describe("a product", { timeout: 30_000 }, () => {
  it("whose price is negative or absurd is held for a person; one that costs nothing has no price", async () => {
    for (const [index, price] of ["-3.00", "99999999999.00", "0.00"].entries()) {
      const thing = { "@type": "Product", name: "Oats", sku: `OATS-${index}`, offers: { "@type": "Offer", price, priceCurrency: "GBP" } };
      const body = `<title>Oats</title><h1>Oats</h1><script type="application/ld+json">${JSON.stringify(thing)}</script>`;
      shop.faults.set(pathOf(index), { kind: "html", body });
    }
    const seen = await run();
    expect(seen.entries).toEqual([0, 1].map((index) => ["price-held", pathOf(index)]));
    expect(seen.words).toEqual([
      "The price -3.00 is negative: a person has to look.",
      "The price 99999999999.00 is absurd: a person has to look.",
    ]);
    expect((await records()).slice(0, 3).map(({ price, doubts }) => [price, doubts])).toEqual([
      ["-3.00", ["price-negative"]],
      ["99999999999.00", ["price-absurd"]],
      [null, []],
    ]);
  });

  it("with another's number is named, and the first stays, in each run", async () => {
    Object.assign(shop.products[4] ?? {}, { sku: "TS1002" });
    for (let turn = 0; turn < 2; turn++) {
      const seen = await run();
      expect(seen.entries).toEqual([["duplicate-sku", pathOf(4)]]);
      expect((await records()).map(({ sku, name }) => [sku, name])).toContainEqual(["TS1002", shop.products[1]?.name]);
    }
    expect(await records()).toHaveLength(5);
  });
});

describe("pages that call themselves otherwise", { timeout: 30_000 }, () => {
  const page = (sku: string, price: string) => {
    const thing = { "@type": "Product", name: "Rye", sku, offers: { "@type": "Offer", price, priceCurrency: "GBP" } };
    const head = `<title>Rye</title><link rel="canonical" href="${shop.origin}/products/rye-itself">`;
    return { kind: "html" as const, body: `${head}<h1>Rye</h1><script type="application/ld+json">${JSON.stringify(thing)}</script>` };
  };

  it("are not missing where they only could not be read", async () => {
    shop.faults.set(pathOf(2), page("RYE", "2.00"));
    await run();
    shop.faults.set(pathOf(2), { kind: "status", status: 403 });
    expect(await run()).toMatchObject({ state: "complete", counts: { refused: 1 } });
    expect((await records()).filter(({ missing }) => missing !== null)).toEqual([]);
  });

  it("are one product where they say the same, and doubted where they do not", async () => {
    for (const at of [2, 3]) shop.faults.set(pathOf(at), page("RYE", "2.00"));
    expect((await run()).entries).toEqual([]);
    shop.faults.set(pathOf(3), page("RYE", "3.00"));
    expect((await run()).entries).toEqual([["duplicate-sku", pathOf(3)]]);
    expect((await records()).find(({ sku }) => sku === "RYE")).toMatchObject({ price: "2.00", doubts: ["duplicate-sku"] });
  });
});

describe("lists", { timeout: 30_000 }, () => {
  it.each([null, "/products/the-same"])("without an end are left where nothing new comes (product: %s)", async (product) => {
    for (let page = 1; page < 40; page++)
      shop.faults.set(page === 1 ? "/groceries" : `/groceries?page=${page}`, { kind: "endless", product });
    const seen = await run("limits: { barrenListings: 4 }");
    expect(seen.entries.map(([kind]) => kind)).toContain("endless-pagination");
    expect(shop.asked.filter(({ path }) => path.startsWith("/groceries")).length).toBeLessThan(7);
  });

  it("that always name something new end at the file's limit, incomplete", async () => {
    for (let page = 1; page < 40; page++)
      shop.faults.set(page === 1 ? "/groceries" : `/groceries?page=${page}`, { kind: "endless", product: `/products/p${page}` });
    expect(await run("limits: { pages: 15 }")).toMatchObject({ state: "incomplete", entries: expect.arrayContaining([["limit", ""]]) });
    expect(shop.asked.filter(({ path }) => path !== "/robots.txt")).toHaveLength(15);
    expect(await run("limits: { listings: 5 }")).toMatchObject({
      state: "incomplete",
      ending: "There are more lists than the 5 that the file allows.",
    });
  });
});

it("that a list names beyond what a run may fetch are not even listed", async () => {
  const seen = await run("limits: { pages: 2 }");
  expect(seen).toMatchObject({ state: "incomplete", entries: [["limit", ""]], counts: { listed: 2 } });
});

describe("a host", { timeout: 30_000 }, () => {
  it("that asks whether we are human is asked less and less, and then left: nothing is missing", async () => {
    await run();
    shop.faults.set("*", { kind: "captcha" });
    const seen = await run();
    expect(seen.state).toBe("incomplete");
    expect(new Set(seen.entries.map(([kind]) => kind))).toEqual(new Set(["captcha"]));
    expect((await records()).filter(({ missing }) => missing !== null)).toEqual([]);
    expect(await records()).toHaveLength(6);
  });

  it.each<Fault>([{ kind: "gone" }, { kind: "silent" }, { kind: "status", status: 503 }])(
    "that vanishes ($kind) makes the run incomplete",
    async (fault) => {
      await run();
      shop.faults.set("*", fault);
      expect(await run("limits: { pageSeconds: 0.1 }")).toMatchObject({ state: "incomplete" });
      expect((await records()).filter(({ missing }) => missing !== null)).toEqual([]);
    },
  );

  it("that is busy for a moment is asked again when it says", async () => {
    shop.faults.set(pathOf(1), { kind: "status", status: 429, headers: { "retry-after": "1" } });
    const met = expect.poll(() => shop.asked.some(({ status }) => status === 429), { timeout: 20_000, interval: 5 }).toBe(true);
    const lifted = met.then(() => shop.faults.delete(pathOf(1)));
    const seen = await run();
    await lifted;
    expect(seen).toMatchObject({ state: "complete", counts: { products: 6 } });
    const times = shop.asked.filter(({ path }) => path === pathOf(1)).map(({ at }) => at);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
  });

  it("that wants to be left alone for longer than the file's patience ends the run", async () => {
    shop.faults.set(pathOf(1), { kind: "status", status: 503, headers: { "retry-after": "7200" } });
    expect(await run()).toMatchObject({ state: "incomplete", ending: expect.stringContaining("120 minutes") });
  });

  it("that answers with far fewer products than it had has nothing marked as missing", async () => {
    await run();
    shop.products.splice(1);
    expect(await run()).toMatchObject({ state: "incomplete", entries: [["many-missing", ""]] });
    expect((await records()).filter(({ missing }) => missing !== null)).toEqual([]);
  });
});

describe("robots.txt", { timeout: 30_000 }, () => {
  it("is heeded, page by page, with its pause between two requests", async () => {
    shop.robots = `User-agent: roseashshop\nCrawl-delay: 0.1\nDisallow: ${pathOf(2)}\n\nUser-agent: *\nDisallow: /`;
    const seen = await run();
    expect(seen.entries).toEqual([["robots", pathOf(2)]]);
    expect(seen).toMatchObject({ state: "complete", counts: { products: 5 } });
    expect(shop.asked.map(({ path }) => path)).not.toContain(pathOf(2));
    const pages = shop.asked.slice(1).map(({ at }) => at);
    expect((pages.at(-1) ?? 0) - (pages[0] ?? 0)).toBeGreaterThan(100 * (pages.length - 1) - 90); // the first one may be late on its way
  });

  it("that asks for a pause of days ends the run, and nobody waits for it", async () => {
    shop.robots = "User-agent: *\nCrawl-delay: 999999";
    const seen = await run("limits: { patienceMinutes: 1 }");
    expect(seen).toMatchObject({ state: "incomplete", ending: expect.stringContaining("no turn") });
    const { rows } = await site.db.execute<{ seconds: number }>(sql`
      select extract(epoch from next_at - now())::int as seconds from scrape_hosts where host = ${`127.0.0.1:${shop.port}`}`);
    expect(rows[0]?.seconds).toBeLessThanOrEqual(600);
  });

  it("that forbids all is heeded", async () => {
    shop.robots = "User-agent: *\nDisallow: /";
    expect(await run()).toMatchObject({ state: "incomplete", entries: [["robots", "/groceries"]] });
    expect(shop.asked.map(({ path }) => path)).toEqual(["/robots.txt"]);
  });

  it("that can't be had (5xx) lets nothing be fetched; one that is not there (4xx) everything", async () => {
    shop.faults.set("/robots.txt", { kind: "status", status: 500 });
    expect(await run()).toMatchObject({ state: "incomplete" });
    expect(new Set(shop.asked.map(({ path }) => path))).toEqual(new Set(["/robots.txt"]));
    await shop.close();
    shop = await openTestShop(6);
    shop.robots = null;
    expect(await run()).toMatchObject({ state: "complete" });
  });

  it("of ten megabytes counts as far as its first 500 KiB", async () => {
    const late = Buffer.concat([
      Buffer.from(`User-agent: *\nDisallow: ${pathOf(0)}\n`),
      Buffer.alloc(10_000_000, "# padding\n"),
      Buffer.from("Disallow: /\n"),
    ]);
    shop.faults.set("/robots.txt", { kind: "html", body: late, contentType: "text/plain" });
    const seen = await run();
    expect(seen.entries).toEqual([
      ["robots-cut", "/robots.txt"],
      ["robots", pathOf(0)],
    ]);
    expect(seen.state).toBe("complete");
  });
});

describe("our own network", { timeout: 30_000 }, () => {
  it("is not asked, whatever a file names", async () => {
    const parts = { ...partsFor(site), outside: OPEN_INTERNET };
    const { runId } = await scrape(site, supplierOf(shop, slug), { parts });
    expect(await site.services.scraping.getRun(runId)).toMatchObject({ state: "incomplete" });
    expect(shop.asked).toEqual([]);
  });
});
