import { afterAll, beforeAll, expect, it } from "vitest";
import { pickUps } from "../../../shared/models/order-cycles.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aCycle, aCycleOrder, passCutOff } from "../../../tests/builders/cycle.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";

const market = await openTestApp("market");
const { db } = market;
const HOSTILE = "<script>alert(1)</script>";
afterAll(() => market.close());

beforeAll(async () => {
  await aShelf(db, { slug: "larder" });
});

it("says that nothing is ordered together, where nothing is", async () => {
  expect((await market.get("/order-cycles")).body).toContain("Nothing is ordered together just now");
  expect((await market.get("/")).body).not.toContain("Order together");
});

it("shows what is open before what comes, and the cases that lack least first, shared from the page", async () => {
  const supplierId = await aSupplier(db, { slug: "harbour", name: `Harbour ${HOSTILE}` });
  const inCase = { supplierId, caseSize: 6 };
  const lentils = await aProduct(db, { slug: "lentils", name: `Lentils ${HOSTILE}`, ...inCase, stock: 0 });
  const beans = await aProduct(db, { slug: "beans", name: "Beans", ...inCase, stock: 9 });
  const rice = await aProduct(db, { slug: "rice", name: "Rice", ...inCase, stock: 0 });
  await aCycle(db, { name: "Later", opensAt: new Date("2031-05-01T07:00:00Z"), closesAt: new Date("2031-05-09T07:00:00Z") });
  const cycleId = await aCycle(db, { name: `Now ${HOSTILE}`, note: HOSTILE }, { suppliers: [supplierId] });
  const times = { startsAt: new Date("2031-05-03T09:00:00Z"), endsAt: new Date("2031-05-03T13:00:00Z") };
  await db.insert(pickUps).values({ cycleId, place: `Hall ${HOSTILE}`, ...times });
  const ada = await aMember(db, { handle: "ada" });
  const buy = (productId: typeof lentils, quantity: number) => aCycleOrder(db, ada, [{ cycleId, productId, quantity }]);
  await buy(lentils, 2);
  await buy(beans, 5);
  await buy(rice, 6); // full, so that it waits for nobody
  const { body } = await market.get("/order-cycles");
  expect(body).not.toContain(HOSTILE);
  expect(body).toMatch(
    /Now &lt;script.*To order until.*Saturday 3 May 2031, 10:00–14:00.*Beans.*5 of 6.*Lentils.*2 of 6.*Later.*To order from/s,
  );
  expect(body).not.toContain("/products/rice");
  expect(body.match(new RegExp(`name="cycle" value="${cycleId}"`, "g"))).toHaveLength(2); // of beans, too, which are on the shelf
  await market.app.runtime.cache.purgeTags(["shop"]); // as carts and staff do once they have committed
  expect((await market.get("/")).body).toMatch(/To order until.*2 cases are begun.*href="\/order-cycles"/s);
  await passCutOff(db, cycleId);
  expect((await market.get("/order-cycles")).body).not.toContain("Beans");
});
