import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EVERY_PRODUCT } from "../../../../shared/contracts/shelf.ts";
import type { CategoryId } from "../../../../shared/models/ids.ts";
import { marketPlaceRules } from "../../../../shared/models/places.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aPlace } from "../../../../tests/builders/places.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct, aShelf } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const market = await openTestApp("market");
let cookies: Record<string, string>;
let stranger: Record<string, string>;
let cheese: CategoryId;

beforeAll(async () => {
  const [efua, grace] = [await aMember(market.db, { handle: "efua" }), await aMember(market.db, { handle: "grace" })];
  await giveRole(market.db, efua, "steward", "market");
  [cookies, stranger] = [await signedIn(market, "market", efua), await signedIn(market, "market", grace)];
  cheese = await aShelf(market.db, { slug: "cheese", name: "Cheese" });
  await aProduct(market.db, { slug: "curd" }, [cheese]);
});
afterAll(() => market.close());

const nameOf = async (id: CategoryId) => (await market.services.shelves.listAll()).find((one) => one.id === id)?.name;

describe("shelves behind the counter", { timeout: 30_000 }, () => {
  it("are there for who may edit the shop, and for nobody else", async () => {
    for (const path of ["/admin/shelves", `/admin/shelves/${cheese}`, "/admin/stock-take"]) {
      expect((await market.get(path, { cookies })).statusCode).toBe(200);
      expect((await market.get(path, { cookies: stranger })).statusCode).toBe(404);
    }
    const commands = [`/admin/shelves/${cheese}`, `/admin/shelves/${cheese}/merge`, `/admin/shelves/${cheese}/removal`, "/admin/shelves"];
    for (const path of commands) {
      expect((await market.post(path, { name: "Mine", confirmed: "Cheese", into: "1" }, { cookies: stranger })).statusCode).toBe(404);
    }
    expect(await nameOf(cheese)).toBe("Cheese");
  });

  it("are made and put into another, and the refusal of a circle names what stands in the way", async () => {
    await market.post("/admin/shelves", { name: "Hard cheese", slug: "", description: "", wholes: String(cheese) }, { cookies });
    const hard = (await market.services.shelves.listAll()).find(({ slug }) => slug === "hard-cheese");
    expect(hard?.wholes).toEqual([cheese]);
    const circle = await market.post(`/admin/shelves/${cheese}`, { name: "Cheese", wholes: String(hard?.id) }, { cookies });
    expect(circle.statusCode).toBe(422);
    expect(circle.body).toContain("“Cheese” can’t be a part of “Hard cheese”");
    const nameless = await market.post("/admin/shelves", { name: " ", slug: "UP" }, { cookies });
    expect(nameless.statusCode).toBe(422);
    expect(nameless.body).toContain("A shelf has a name.");
  });

  it("lead readers from the old address to the new one", async () => {
    await market.post(`/admin/shelves/${cheese}`, { name: "Cheese", slug: "cheeses" }, { cookies });
    const moved = await market.get("/categories/cheese");
    expect([moved.statusCode, moved.headers["location"]]).toEqual([301, `${market.origin}/categories/cheeses`]);
    expect((await market.get("/categories/cheeses")).statusCode).toBe(200);
    expect((await market.get("/categories/nothing-here")).statusCode).toBe(404);
  });

  it("that market places sell are taken away only by who was shown which, and says so", async () => {
    const jars = await aShelf(market.db, { slug: "jars", name: "Jars" });
    const stall = await aPlace(market.db, { slug: "stall", name: "The stall" });
    await market.db.insert(marketPlaceRules).values({ placeId: stall, categoryId: jars });
    expect((await market.get(`/admin/shelves/${jars}`, { cookies })).body).toMatch(
      /The stall<\/a> sells what stands here.*nothing at all/s,
    );
    const remove = (form: Record<string, string>) =>
      market.post(`/admin/shelves/${jars}/removal`, { confirmed: "Jars", ...form }, { cookies });
    const silent = await remove({ places: String(stall) });
    expect([silent.statusCode, silent.body.includes("Market places sell what stands here")]).toEqual([422, true]);
    expect((await remove({ agreed: "yes" })).statusCode).toBe(422); // another place may have come
    expect((await remove({ agreed: "yes", places: String(stall) })).statusCode).toBe(303);
    expect(await nameOf(jars)).toBeUndefined();
  });

  it("are taken away only by who writes their name, who is told what happens to the products", async () => {
    const page = await market.get(`/admin/shelves/${cheese}`, { cookies });
    expect(page.body).toContain("1 product stays in the shop, 1 of them on no shelf any more");
    expect((await market.post(`/admin/shelves/${cheese}/removal`, { confirmed: "cheese" }, { cookies })).statusCode).toBe(422);
    expect((await market.post(`/admin/shelves/${cheese}/removal`, { confirmed: "Cheese" }, { cookies })).statusCode).toBe(303);
    expect(await nameOf(cheese)).toBeUndefined();
    expect((await market.services.shelf.listIds({ ...EVERY_PRODUCT, lacks: "shelf" }, 10)).length).toBe(1);
  });
});
