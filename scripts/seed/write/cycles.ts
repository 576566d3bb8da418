import { orderPickUps } from "@rose-ash/shared/models/back-orders.ts";
import { orderLines, orders } from "@rose-ash/shared/models/cart.ts";
import type { LotId, OrderCycleId, PickUpId, ProductId, UserId } from "@rose-ash/shared/models/ids.ts";
import { suppliers } from "@rose-ash/shared/models/market.ts";
import { cycleLots, cycleSuppliers, orderCycles, pickUps } from "@rose-ash/shared/models/order-cycles.ts";
import { relationFacts } from "@rose-ash/shared/models/relation-facts.ts";
import { eq, inArray } from "drizzle-orm";
import { CYCLE_SUPPLIERS, cyclesFrom, type PlannedCycle, SHARES, SOLD_TO } from "../content/cycles.ts";
import { PRODUCTS } from "../content/products/index.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";

interface Made {
  cycleId: OrderCycleId;
  pickUpId: PickUpId;
}

/** Makes the cycle that is open and the next one, where none closes at their time; with the very first one its shares. Returns how many. */
export async function writeCycles(context: SeedContext, people: Ids<UserId>, products: Ids<ProductId>): Promise<number> {
  const { tx, now } = context;
  const isFirst = (await tx.$count(orderCycles)) === 0;
  const made: Made[] = [];
  for (const planned of cyclesFrom(now)) {
    if ((await tx.$count(orderCycles, eq(orderCycles.closesAt, planned.closesAt))) === 0) made.push(await writeCycle(context, planned));
  }
  const [open] = made;
  if (isFirst && open) {
    await writeShares(context, open, people, products);
    await writeSoldTo(context, products);
  }
  return made.length;
}

async function writeCycle({ tx }: SeedContext, { pickUps: places, ...cycle }: PlannedCycle): Promise<Made> {
  const [row] = await tx.insert(orderCycles).values(cycle).returning({ id: orderCycles.id });
  if (!row) throw new Error("an insert returns its row");
  const of = inArray(suppliers.slug, [...CYCLE_SUPPLIERS]);
  const found = await tx.select({ id: suppliers.id }).from(suppliers).where(of);
  await tx.insert(cycleSuppliers).values(found.map(({ id }) => ({ cycleId: row.id, supplierId: id })));
  const [first] = await tx
    .insert(pickUps)
    .values(places.map((place) => ({ ...place, cycleId: row.id })))
    .returning({ id: pickUps.id });
  if (!first) throw new Error("a cycle has a pick-up");
  return { cycleId: row.id, pickUpId: first.id };
}

async function writeShares({ tx, now }: SeedContext, { cycleId, pickUpId }: Made, people: Ids<UserId>, products: Ids<ProductId>) {
  for (const { reference, buyer, product: slug, quantity } of SHARES) {
    const product = PRODUCTS.find((each) => each.slug === slug);
    if (!product) throw new Error(`a share names "${slug}", which is not there`);
    const { name, priceMinor } = product;
    const productId = idOf(products, slug);
    const lots = tx.insert(cycleLots).values({ cycleId, productId });
    const [lot] = await lots
      .onConflictDoUpdate({ target: [cycleLots.cycleId, cycleLots.productId], set: { productId } })
      .returning({ id: cycleLots.id });
    const paidAt = daysBefore(now, 1);
    const order = {
      reference,
      userId: idOf(people, buyer),
      status: "paid" as const,
      totalMinor: quantity * priceMinor,
      createdAt: paidAt,
      paidAt,
    };
    const [row] = await tx.insert(orders).values(order).onConflictDoNothing().returning({ id: orders.id });
    if (!row) continue;
    const lotId = lot?.id as LotId;
    await tx.insert(orderLines).values({ orderId: row.id, productId, lotId, name, quantity, unitPriceMinor: priceMinor, position: 0 });
    await tx.insert(orderPickUps).values({ orderId: row.id, cycleId, pickUpId });
  }
}

async function writeSoldTo({ tx }: SeedContext, products: Ids<ProductId>): Promise<void> {
  const rows = SOLD_TO.map(({ product, group, reason }) => ({
    ...{ relation: "cart.sold_to", arguments: [`product:${idOf(products, product)}`, group], assertedBy: "app:cart", reason },
  }));
  await tx.insert(relationFacts).values(rows).onConflictDoNothing();
}
