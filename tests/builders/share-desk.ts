import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { CartOwner, CartView } from "../../shared/contracts/cart.ts";
import { openDb } from "../../shared/infrastructure/db.ts";
import { cartLines, carts, orderLines, orders } from "../../shared/models/cart.ts";
import { devices } from "../../shared/models/identity.ts";
import type { DeviceId, OrderCycleId, ProductId, UserId } from "../../shared/models/ids.ts";
import { products } from "../../shared/models/market.ts";
import { orderCycles } from "../../shared/models/order-cycles.ts";
import { makeCartService } from "../../shared/services/cart/index.ts";
import { makeCyclesService } from "../../shared/services/cycles/index.ts";
import { makeMarketService } from "../../shared/services/market/index.ts";
import { newDatabase } from "../database.ts";
import { aCycle, aLot } from "./cycle.ts";
import { aMember } from "./publication.ts";
import { aProduct, aSupplier } from "./shop.ts";

/** What stands in a shop whose one open cycle brings lentils, six in a case, of one supplier; made anew before each test. */
interface Standing {
  cycleId: OrderCycleId;
  lentils: ProductId;
  supplierId: number;
}

/** A database with carts and cycles, and what tests of shares do again and again. groups: by person, those that they are in. */
export async function openShareDesk() {
  const db = openDb(await newDatabase(), 24);
  const groups = new Map<number, string[]>();
  const relations = {
    list: async (_handle: object, { user }: { user?: number }) => (groups.get(user ?? 0) ?? []).map((group) => ({ user, group })),
  } as unknown as Parameters<typeof makeCartService>[1]["relations"];
  const deps = {
    ...{ db, clock: { now: () => new Date() }, timeZone: "Europe/London", locale: "en-GB" },
    publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
  };
  const cart = makeCartService(deps, { relations, kinds: [] });
  const cycles = makeCyclesService(deps, { relations });
  const at = {} as Standing;
  let people = 0;
  const lineOf = async (owner: CartOwner): Promise<CartView["lines"][number]> =>
    (await cart.getCart(owner)).lines[0] ?? expect.fail("empty");
  return {
    ...{ db, at, cart, cycles, groups, lineOf, market: makeMarketService(deps) },
    async begin(): Promise<void> {
      for (const table of [orderLines, orders, carts, orderCycles, products]) await db.delete(table);
      groups.clear();
      at.supplierId = await aSupplier(db, { slug: "plain-harbour", name: "Plain Harbour" });
      const lentils = { slug: "lentils", name: "Lentils", supplierId: at.supplierId, stock: 0, caseSize: 6, priceMinor: 240 };
      at.lentils = await aProduct(db, lentils);
      at.cycleId = await aCycle(db, {}, { suppliers: [at.supplierId] });
    },
    async aGuest(): Promise<CartOwner> {
      people += 1;
      const id = `shares-${people}` as DeviceId;
      await db.insert(devices).values({ id });
      return { kind: "device", deviceId: id };
    },
    async aBuyer(): Promise<{ kind: "member"; userId: UserId }> {
      people += 1;
      return { kind: "member", userId: await aMember(db, { handle: `buyer-${people}` }) };
    },
    take: (owner: CartOwner, quantity: number, productSlug = "lentils", cycleId = at.cycleId) =>
      db.transaction((tx) => cart.addShare(tx, owner, { productSlug, quantity, cycleId })),
    hold: (owner: CartOwner) => db.transaction((tx) => cycles.holdForCheckout(tx, owner)),
    async change(owner: CartOwner, quantity: number) {
      const { id } = await lineOf(owner);
      return db.transaction((tx) => cart.setQuantity(tx, owner, { lineId: id, quantity }));
    },
    lapse: () => db.update(cartLines).set({ heldUntil: sql`now() - interval '1 second'` }),
    limitTo: (maxCases: number) => aLot(db, at.cycleId, at.lentils, { maxCases }),
    taken: async () => (await cycles.findOffer(at.lentils))?.shares,
  };
}
