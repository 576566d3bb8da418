import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { openDb } from "../../shared/infrastructure/db.ts";
import { backOrders, orderPickUps } from "../../shared/models/back-orders.ts";
import { carts, orderLines, orders } from "../../shared/models/cart.ts";
import { apActivities } from "../../shared/models/federation.ts";
import { userEmails } from "../../shared/models/identity.ts";
import type { OrderCycleId, OrderId, ProductId, UserId } from "../../shared/models/ids.ts";
import { products, suppliers } from "../../shared/models/market.ts";
import { orderCycles } from "../../shared/models/order-cycles.ts";
import { paymentMatters, stockReservations } from "../../shared/models/payments.ts";
import { makeAuditService } from "../../shared/services/audit/index.ts";
import { makeBackOrdersService } from "../../shared/services/back-orders/index.ts";
import { makeCartService } from "../../shared/services/cart/index.ts";
import { makeCycleDeskService } from "../../shared/services/cycle-desk/index.ts";
import { makeCyclesService } from "../../shared/services/cycles/index.ts";
import { makePaymentsService } from "../../shared/services/payments/index.ts";
import { newDatabase } from "../database.ts";
import { aCycle, aCycleOrder } from "./cycle.ts";
import { aMember } from "./publication.ts";
import { aProduct, aSupplier } from "./shop.ts";

/** What stands in a shop whose one open cycle brings lentils, six in a case, of one supplier; made anew before each test. */
interface Standing {
  efua: UserId;
  supplierId: number;
  cycleId: OrderCycleId;
  lentils: ProductId;
}

/** A database with the services of back-orders, and what tests of them do again and again. at: what stands there now. */
export async function openBackOrderDesk() {
  const db = openDb(await newDatabase(), 16);
  const deps = {
    ...{ db, clock: { now: () => new Date() }, timeZone: "Europe/London", locale: "en-GB" },
    publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
  };
  const audit = makeAuditService(deps);
  const relations = { list: async () => [] };
  const payments = makePaymentsService(deps, { kinds: [] });
  const back = makeBackOrdersService(deps, { audit, payments });
  const desk = makeCycleDeskService(deps, { audit });
  const at = {} as Standing;
  let people = 0;

  async function aBuyer(name = "Buyer"): Promise<UserId> {
    people += 1;
    const id = await aMember(db, { handle: `person-${people}`, name });
    await db.insert(userEmails).values({ userId: id, email: `person-${people}@example.org`, isPrimary: true });
    return id;
  }
  const see = () => back.getBackOrder(at.cycleId, at.supplierId);
  return {
    ...{ db, at, back, desk, payments, aBuyer, see },
    cart: makeCartService(deps, { relations, kinds: [] }),
    cycles: makeCyclesService(deps, { relations }),
    async begin(): Promise<void> {
      for (const table of [paymentMatters, stockReservations, orderPickUps, backOrders, orderLines, orders]) await db.delete(table);
      for (const table of [carts, orderCycles, products, apActivities]) await db.delete(table);
      at.supplierId = await aSupplier(db, { slug: "harbour", name: "Plain Harbour" });
      await db.update(suppliers).set({ orderEmail: "orders@harbour.example", orderContact: "Meg" });
      const lentils = { slug: "lentils", name: "Lentils", supplierId: at.supplierId, stock: 0, caseSize: 6, priceMinor: 240 };
      at.lentils = await aProduct(db, lentils);
      at.cycleId = await aCycle(db, {}, { suppliers: [at.supplierId] });
      at.efua = await aBuyer("Efua");
    },
    buy: async (quantity: number, productId = at.lentils, order: Partial<typeof orders.$inferInsert> = {}): Promise<OrderId> =>
      aCycleOrder(db, await aBuyer(), [{ cycleId: at.cycleId, productId, quantity }], order),
    cancel: (id: OrderId) => db.update(orders).set({ status: "cancelled" }).where(eq(orders.id, id)),
    seeLine: async (name = "Lentils") => (await see()).lines.find((line) => line.name === name) ?? expect.fail(`no line of ${name}`),
    send: () => db.transaction((tx) => back.sendBackOrder(tx, { cycleId: at.cycleId, supplierId: at.supplierId, by: at.efua })),
    amend: (number: number) =>
      db.transaction((tx) => back.amendBackOrder(tx, { cycleId: at.cycleId, supplierId: at.supplierId, number, by: at.efua })),
    async receive(pieces: [ProductId, number][], seen: { number?: number; isAsSent?: boolean; supplierId?: number } = {}) {
      const { cycleId, supplierId, efua: by } = at;
      const arrival = { cycleId, supplierId, number: 1, isAsSent: false, pieces: new Map(pieces), by, ...seen };
      return (await db.transaction((tx) => back.receiveBackOrder(tx, arrival))).kind;
    },
    stockOf: async (id = at.lentils) => (await db.select({ stock: products.stock }).from(products).where(eq(products.id, id)))[0]?.stock,
    async told() {
      const ofOrders = eq(apActivities.objectType, "BackOrder");
      return (await db.select({ type: apActivities.type }).from(apActivities).where(ofOrders)).map(({ type }) => type);
    },
    stateOf: async () => (await desk.getCycle(at.cycleId)).state,
  };
}
