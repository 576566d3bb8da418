import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openBackOrderDesk } from "../../../tests/builders/back-order-desk.ts";
import { aCycleOrder, passCutOff } from "../../../tests/builders/cycle.ts";
import type { BackOrderId, OrderCycleId } from "../../models/ids.ts";

const one = await openBackOrderDesk();
const { db, at, back, desk, cycles, see, seeLine, buy, send } = one;
afterAll(() => db.close());
beforeEach(one.begin);

describe("a cycle behind the counter", () => {
  const draft = {
    ...{ name: "Bulk", note: "", zone: "Europe/London", incompleteCase: "drop" as const, usesStock: false, productIds: [] },
    ...{ opensAt: new Date("2031-03-01T08:00:00Z"), closesAt: new Date("2031-03-30T19:00:00Z") },
    pickUps: [
      {
        id: null,
        place: "Hall",
        startsAt: new Date("2031-04-02T09:00:00Z"),
        endsAt: new Date("2031-04-02T12:00:00Z"),
        capacity: 3,
        delivery: null,
      },
    ],
  };
  const create = () => db.transaction((tx) => desk.createCycle(tx, { ...draft, supplierIds: [at.supplierId, at.supplierId] }, at.efua));

  it("is kept as it was drafted, and of two who save at once one wins", async () => {
    const id = await create();
    const view = await desk.getCycle(id);
    expect(view).toMatchObject({
      state: "planned",
      revision: 1,
      supplierIds: [at.supplierId],
      pickUps: [{ place: "Hall", capacity: 3, orders: 0 }],
    });
    const save = (name: string) =>
      db.transaction((tx) => desk.saveCycle(tx, { id, revision: 1, draft: { ...draft, ...view, name }, by: at.efua }));
    expect((await Promise.all([save("One"), save("Two")])).sort()).toEqual(["conflict", "saved"]);
    expect((await desk.getCycle(id)).pickUps).toHaveLength(1);
    expect(
      await db.transaction((tx) =>
        desk.saveCycle(tx, { id: 0 as OrderCycleId, revision: 1, draft: { ...draft, supplierIds: [] }, by: at.efua }),
      ),
    ).toBe("gone");
  });

  it("opens, closes and ends by hand, each once and in order", async () => {
    const id = await create();
    const all = (move: typeof desk.openNow) => Promise.all([1, 2].map(() => db.transaction((tx) => move(tx, id, at.efua))));
    expect(await all(desk.closeNow)).toEqual([false, false]);
    expect((await all(desk.openNow)).sort()).toEqual([false, true]);
    expect((await desk.getCycle(id)).state).toBe("open");
    expect(await all(desk.markDone)).toEqual([false, false]);
    expect((await all(desk.closeNow)).sort()).toEqual([false, true]);
    expect((await all(desk.markDone)).sort()).toEqual([false, true]);
    expect((await desk.getCycle(id)).state).toBe("done");
  });

  it("keeps its times once a supplier has the order, and a pick-up that somebody has chosen", async () => {
    const order = await buy(6);
    await passCutOff(db, at.cycleId);
    await send();
    const view = await desk.getCycle(at.cycleId);
    const save = (change: object, revision: number) =>
      db.transaction((tx) => desk.saveCycle(tx, { id: at.cycleId, revision, draft: { ...view, ...change }, by: at.efua }));
    expect(await save({ closesAt: new Date("2031-01-01T00:00:00Z") }, view.revision)).toBe("fixed");
    expect(await save({ name: "Renamed", pickUps: draft.pickUps }, view.revision)).toBe("saved");
    const [pickUp] = (await desk.getCycle(at.cycleId)).pickUps;
    await db.transaction((tx) =>
      cycles.choosePickUp(tx, { orderId: order, cycleId: at.cycleId, pickUpId: pickUp?.id ?? expect.fail(), address: "" }),
    );
    expect(await save({ name: "Again", pickUps: [] }, view.revision + 1)).toBe("chosen");
    expect((await desk.getCycle(at.cycleId)).name).toBe("Renamed");
    const lists = await desk.listPickUpLists(at.cycleId);
    expect(lists).toMatchObject([
      { pickUp: { place: "Hall" }, orders: [{ name: "Buyer", lines: [{ name: "Lentils", pieces: 6, missing: 0 }] }] },
    ]);
  });

  it("shows what is taken of each product, and by whom it waits to be paid", async () => {
    await buy(4);
    await buy(1, at.lentils, { status: "pending_payment", paidAt: null });
    expect(await desk.getCycle(at.cycleId)).toMatchObject({
      state: "open",
      orders: 1,
      lots: [{ name: "Lentils", ordered: 4, waiting: 1, progress: { inCase: 4, missing: 2 } }],
    });
    expect(await desk.listCycles()).toMatchObject([{ id: at.cycleId, state: "open", orders: 1 }]);
    expect(await desk.findProducts(["lentils", "nothing"])).toEqual([at.lentils, null]);
  });
});

it("counts guests as members, by the name and address that they gave", async () => {
  const guest = { userId: null, buyerName: "Grace", email: "grace@example.org" };
  await aCycleOrder(db, null, [{ cycleId: at.cycleId, productId: at.lentils, quantity: 8 }], guest);
  expect((await seeLine()).buyers).toMatchObject([{ name: "Grace", quantity: 8, dropped: 2 }]);
  await passCutOff(db, at.cycleId);
  await send();
  expect(await back.listUntold((await see()).id as BackOrderId)).toMatchObject([
    { name: "Grace", email: "grace@example.org", lines: [{ quantity: 2 }] },
  ]);
  expect(await desk.listPickUpLists(at.cycleId)).toMatchObject([
    { pickUp: null, orders: [{ name: "Grace", lines: [{ pieces: 6, missing: 2 }] }] },
  ]);
});
