import { afterAll, expect, it } from "vitest";
import { aCycle, aCycleOrder } from "../../../tests/builders/cycle.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import { orderPickUps } from "../../models/back-orders.ts";
import { pickUps } from "../../models/order-cycles.ts";
import { makeListPickUpsAhead } from "./list-ahead.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());

const HOUR_MS = 3_600_000;

it("lists what a member fetches next: paid, not fetched yet, not over, and nobody else's", async () => {
  const [ada, bilal] = [await aMember(db, { handle: "ada" }), await aMember(db, { handle: "bilal" })];
  const productId = await aProduct(db, { slug: "flour" });
  const cycleId = await aCycle(db);
  const aPickUp = async (place: string, inHours: number) => {
    const startsAt = new Date(Date.now() + inHours * HOUR_MS);
    const row = { cycleId, place, startsAt, endsAt: new Date(startsAt.getTime() + HOUR_MS) };
    const [made] = await db.insert(pickUps).values(row).returning({ id: pickUps.id });
    return made?.id ?? expect.fail();
  };
  const [soon, later, over] = [await aPickUp("Bakehouse", 2), await aPickUp("Hall", 48), await aPickUp("Yard", -5)];
  const order = async (userId: typeof ada, pickUpId: typeof soon, status: "paid" | "ready" | "collected" | "pending_payment") => {
    const orderId = await aCycleOrder(db, userId, [{ cycleId, productId, quantity: 1 }], { status });
    await db.insert(orderPickUps).values({ orderId, cycleId, pickUpId });
  };
  await order(ada, later, "ready");
  await order(ada, soon, "paid");
  for (const status of ["collected", "pending_payment"] as const) await order(ada, soon, status);
  await order(ada, over, "paid");
  await order(bilal, soon, "paid");
  const list = makeListPickUpsAhead({ db });
  expect((await list(ada, 5)).map(({ place, status, isBrought }) => [place, status, isBrought])).toEqual([
    ["Bakehouse", "paid", false],
    ["Hall", "ready", false],
  ]);
  expect(await list(ada, 1)).toHaveLength(1);
});
