import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cartLines } from "../../../shared/models/cart.ts";
import type { OrderCycleId, ProductId } from "../../../shared/models/ids.ts";
import { productGroups, products } from "../../../shared/models/market.ts";
import { orderCycles, pickUps } from "../../../shared/models/order-cycles.ts";
import { relationFacts } from "../../../shared/models/relation-facts.ts";
import { relationTuples } from "../../../shared/models/relation-tuples.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aCycle, aLot } from "../../../tests/builders/cycle.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const market = await openTestApp("market");
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const bread = await aShelf(market.db, { slug: "bread", name: `Bread ${HOSTILE}` });
  const supplierId = await aSupplier(market.db, {
    slug: "oven",
    name: `Oven ${HOSTILE}`,
    place: `Otley ${HOSTILE}`,
    description: `Hot ${HOSTILE}`,
  });
  const stated = { areAllergensStated: true, contains: ["cereals-containing-gluten" as const], mayContain: ["nuts" as const] };
  const words = { name: `Rye ${HOSTILE}`, brand: `Brand ${HOSTILE}`, description: `Dense ${HOSTILE}`, labels: [`organic ${HOSTILE}`] };
  const more = { ingredients: `Flour ${HOSTILE}`, origin: `Yorkshire ${HOSTILE}`, packAmount: 800, priceMinor: 420, stock: 3 };
  await aProduct(market.db, { slug: "rye", supplierId, ...stated, ...words, ...more }, [bread]);
  await aProduct(market.db, { slug: "jam", name: "Jam" }, [bread]);
  await aProduct(market.db, { slug: "water", name: "Water", areAllergensStated: true, stock: 0 });
});
afterAll(() => market.close());

/** Pesto in two packs, of which the rules know what it is made of. */
async function aPesto(): Promise<void> {
  const [group] = await market.db.insert(productGroups).values({ slug: "pesto", name: "Pesto" }).returning();
  if (!group) throw new Error("no group");
  const pesto = { name: "Pesto", groupId: group.id, areAllergensStated: true, recipe: ["basil", "parmesan"], isRecipeWhole: true };
  await aProduct(market.db, {
    slug: "pesto",
    ...pesto,
    variantName: "180 g",
    priceMinor: 450,
    membersPriceMinor: 400,
    gtin: "5010019640161",
  });
  await aProduct(market.db, { slug: "pesto-1000", ...pesto, variantName: "1 kg", isLead: false, priceMinor: 2000, stock: 0 });
  const fact = (relation: string, ...values: string[]) => ({ relation: `market.${relation}`, arguments: values, assertedBy: "app:market" });
  await market.db
    .insert(relationFacts)
    .values([fact("made_from", "parmesan", "milk_solids"), fact("allergen_of", "milk_solids", "milk"), fact("of_animal", "milk_solids")]);
}

describe("what follows for a product", () => {
  beforeAll(aPesto);

  it("is told with its reason: an allergen by the ingredient that brings it, a label by its absence", async () => {
    const { body } = await market.get("/products/pesto");
    expect(body).toContain("parmesan is made from milk solids");
    expect(body).toContain("milk solids brings milk");
    expect(body).not.toContain("Vegan");
    await market.db.update(products).set({ recipe: ["basil"] });
    await market.app.runtime.cache.purgeTags(["shop"]); // as the command does once it has committed
    const after = await market.get("/products/pesto");
    expect(after.body).not.toContain("milk solids");
    expect(after.body).toMatch(/Vegan.*All ingredients are known; nothing in it comes from an animal/s);
  });

  it("is told in other packs, for members, and to machines", async () => {
    const { body } = await market.get("/products/pesto");
    expect(body).toMatch(/href="[^"]*\/products\/pesto-1000"><span>1 kg<\/span> <span class="small numbers">£20.00, sold out/);
    expect(body).toContain("£4.00</strong> for members");
    const [, json = "{}"] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body) ?? [];
    expect(JSON.parse(json)["@graph"][0]).toMatchObject({
      ...{ "@type": "Product", name: "Pesto", gtin: "5010019640161" },
      offers: { "@type": "Offer", price: "4.50", priceCurrency: "GBP", availability: "https://schema.org/InStock" },
    });
  });
});

describe("a product", () => {
  it("shows price, unit price, pack, stock and the way to it", async () => {
    const page = await market.get("/products/rye");
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/<title>Rye .* · Market · Rose Ash<\/title>/);
    expect(page.body.match(/<h1/g)).toHaveLength(1);
    for (const words of ["£4.20", "£5.25/kg", "800 g", "Only 3 left"]) expect(page.body).toContain(words);
    expect(page.body).toMatch(/class="breadcrumb".*href="http:[^"]*\/categories\/bread"/s);
  });

  it("is put into the cart by a form to the host the page is on, which leads back", async () => {
    const { body } = await market.get("/products/rye");
    const form = /<form method="post" action="\/cart\/lines".*?<\/form>/s.exec(body)?.[0] ?? "";
    expect(form).toContain('name="product" value="rye"');
    expect(form).toContain('name="next" value="/products/rye"');
    expect(form).toMatch(/type="number" name="quantity" value="1"/);
  });

  it("says in words what it contains and may contain", async () => {
    const { body } = await market.get("/products/rye");
    expect(body).toMatch(/Contains<\/span> cereals containing gluten/);
    expect(body).toMatch(/May contain<\/span> nuts/);
  });

  it("never calls free from anything what nobody has stated", async () => {
    const { body } = await market.get("/products/jam");
    expect(body).toContain("Nobody has told us");
    expect(body).toContain("never means that it is free from them");
    expect(body).not.toContain("None of the fourteen");
    expect((await market.get("/products/water")).body).toContain("None of the fourteen");
  });

  it("that is sold out comes with what can take its place: of its shelf, in stock, and without an allergen more", async () => {
    const buns = await aShelf(market.db, { slug: "buns", name: "Buns" });
    const stated = { areAllergensStated: true, contains: ["milk" as const], labels: ["vegetarian"] };
    await aProduct(market.db, { slug: "saffron-bun", name: "Saffron bun", ...stated, stock: 0 }, [buns]);
    await aProduct(market.db, { slug: "plain-bun", name: "Plain bun", ...stated }, [buns]);
    await aProduct(market.db, { slug: "nut-bun", name: "Nut bun", ...stated, contains: ["milk", "nuts"] }, [buns]);
    await aProduct(market.db, { slug: "unknown-bun", name: "Unknown bun", labels: ["vegetarian"] }, [buns]);
    const [, section = ""] = /aria-labelledby="instead">(.*?)<\/section>/s.exec((await market.get("/products/saffron-bun")).body) ?? [];
    expect(section).toContain("Plain bun");
    expect(section).not.toContain("Nut bun");
    expect(section).not.toContain("Unknown bun");
    expect((await market.get("/products/plain-bun")).body).not.toContain('aria-labelledby="instead"');
  });

  it("can't be bought when it is sold out", async () => {
    const { body } = await market.get("/products/water");
    expect(body).toContain("Sold out for now");
    expect(body).not.toContain('name="product" value="water"');
  });

  it("shows script in every field as text", async () => {
    const { body } = await market.get("/products/rye");
    expect(body).not.toContain(HOSTILE);
    const fields = ["Rye", "Brand", "Dense", "Organic", "Flour", "Yorkshire", "Oven", "Otley", "Hot", "Bread"];
    for (const field of fields) expect(body).toContain(`${field} &lt;script&gt;`);
  });

  it.each(["hat", "Rye", "%00"])("is not found at /products/%s", async (slug) => {
    expect((await market.get(`/products/${slug}`)).statusCode).toBe(404);
  });
});

describe("a product that comes by order", () => {
  const cycle = { name: `Bulk ${HOSTILE}`, note: `Note ${HOSTILE}`, closesAt: new Date("2031-05-01T19:00:00Z") };
  const panel = async (slug: string) =>
    /<section class="offer.*?<\/section>/s.exec((await market.get(`/products/${slug}`)).body)?.[0] ?? "";
  let cycleId: OrderCycleId;
  let lentils: ProductId;

  beforeAll(async () => {
    const supplierId = await aSupplier(market.db, { slug: "harbour", name: `Harbour ${HOSTILE}` });
    lentils = await aProduct(market.db, { slug: "lentils", name: "Lentils", supplierId, stock: 0, caseSize: 6 });
    await aProduct(market.db, { slug: "kelp", name: "Kelp", supplierId, stock: 2 });
    cycleId = await aCycle(market.db, cycle, { suppliers: [supplierId] });
    const times = { startsAt: new Date("2031-05-03T09:00:00Z"), endsAt: new Date("2031-05-03T13:00:00Z") };
    await market.db.insert(pickUps).values({ cycleId, place: `Hall ${HOSTILE}`, ...times });
  });

  it("says until when, where it is fetched and how far its case is, by the clocks of its place", async () => {
    const html = await panel("lentils");
    expect(html).toMatch(/To order until <time datetime="2031-05-01T19:00:00.000Z">Thu 1 May 20:00<\/time>/);
    expect(html).toMatch(/Saturday 3 May 2031, 10:00–14:00<\/time> at Hall/);
    expect(html).toMatch(/0 of 6<\/b> taken; <span class="numbers">6<\/span> more and the case is ordered/);
    expect(html).not.toContain(HOSTILE);
    const { body } = await market.get("/products/lentils");
    expect(body).toContain("https://schema.org/BackOrder");
    expect((await market.get("/products?supplier=harbour")).body).toMatch(/Lentils.*0 of 6.*name="cycle" value="\d+"/s);
  });

  it("is shared from this very page, without scripts, by guests; what was taken shows", async () => {
    const form = { product: "lentils", cycle: String(cycleId), quantity: "4", next: "/products/lentils" };
    const taken = await market.post("/cart/lines", form);
    expect([taken.statusCode, taken.headers.location]).toEqual([303, "/products/lentils?notice=added"]);
    expect(await panel("lentils")).toMatch(/4 of 6<\/b> taken; <span class="numbers">2<\/span> more/);
    await aLot(market.db, cycleId, lentils, { maxCases: 1 });
    expect((await market.post("/cart/lines", form)).headers.location).toContain("notice=capped");
    expect(await panel("lentils")).toContain("is taken");
    expect((await market.post("/cart/lines", form)).headers.location).toContain("notice=shares-gone");
  });

  it("is also offered where there is some in stock, which is bought from the shelf", async () => {
    const { body } = await market.get("/products/kelp");
    expect(body.match(/action="\/cart\/lines"/g)).toHaveLength(2);
    expect(body).toContain("Only 2 left");
  });

  it.each(["0", "-1", "x", "99999999999999999999", "1 or 1=1", "12345"])("can't be ordered in a cycle called %s", async (given) => {
    const form = { product: "lentils", cycle: given, quantity: "1", next: "/products/lentils" };
    expect((await market.post("/cart/lines", form)).headers.location).toBe("/products/lentils?notice=cut-off");
  });

  it("says so when its cycle opens only later, and nothing when there is none", async () => {
    await market.db.update(orderCycles).set({ opensAt: new Date("2031-04-20T07:00:00Z") });
    const html = await panel("lentils");
    expect(html).toMatch(/To order from <time datetime="2031-04-20T07:00:00.000Z">/);
    expect(html).not.toContain("<form");
    await market.db.delete(cartLines);
    await market.db.delete(orderCycles);
    expect(await panel("lentils")).toBe("");
    expect((await market.get("/products/lentils")).body).toContain("Sold out for now");
  });
});

describe("a product that is sold to some", () => {
  it("says to whom, and is offered to them alone", async () => {
    const jam = await aProduct(market.db, { slug: "starter", name: "Starter" });
    const ann = await aMember(market.db, { handle: "ann" });
    const bob = await aMember(market.db, { handle: "bob" });
    await market.db.insert(relationTuples).values([
      { relation: "cart.members_only", arguments: [`product:${jam}`] },
      { relation: "cart.sold_to", arguments: [`product:${jam}`, "night_bakers"] },
    ]);
    await market.db
      .insert(relationFacts)
      .values({ relation: "shared.member", arguments: [`user:${ann}`, "night_bakers"], assertedBy: "app:account" });
    const see = async (cookies: Record<string, string>) => (await market.get("/products/starter", { cookies })).body;
    const [anns, bobs] = [await signedIn(market, "market", ann), await signedIn(market, "market", bob)];
    expect(await see(anns)).toMatch(/For members of night bakers.*name="product" value="starter"/s);
    for (const cookies of [{}, bobs]) {
      expect(await see(cookies)).not.toContain('name="product" value="starter"');
      expect(await see(cookies)).toMatch(/sold to members of night bakers/);
      const form = { product: "starter", quantity: "1", next: "/products/starter" };
      expect((await market.post("/cart/lines", form, { cookies })).headers.location).toBe("/products/starter?notice=not-for-you");
    }
    const listed = (await market.get("/products?q=starter")).body;
    expect(listed).toContain("For members of night bakers");
    expect(listed).not.toContain('name="product" value="starter"');
  });
});

describe("a like", () => {
  it("counts once for a browser, and is taken back", async () => {
    const first = await market.post("/products/jam/like", { isLiked: "yes" });
    expect([first.statusCode, first.headers["location"]]).toEqual([303, "/products/jam#like"]);
    const [device] = first.cookies;
    const cookies = { [device?.name ?? ""]: device?.value ?? "" };
    await market.post("/products/jam/like", { isLiked: "yes" }, { cookies });
    expect((await market.get("/products/jam", { cookies })).body).toMatch(/aria-pressed="true".*1 like/s);
    await market.post("/products/jam/like", { isLiked: "no" }, { cookies });
    expect((await market.get("/products/jam", { cookies })).body).toMatch(/aria-pressed="false"/);
    expect((await market.post("/products/hat/like", { isLiked: "yes" })).statusCode).toBe(404);
  });
});
