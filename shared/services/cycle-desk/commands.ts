import { and, eq, inArray, notInArray, type SQL, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { CycleDeskService, CycleDraft, PickUpDraft, SaveCycleResult } from "../../contracts/cycle-desk.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { backOrders, orderPickUps } from "../../models/back-orders.ts";
import type { OrderCycleId, PickUpId, UserId } from "../../models/ids.ts";
import { cycleProducts, cycleSuppliers, orderCycles, pickUps } from "../../models/order-cycles.ts";
import { HOLDING } from "../cycles/sql.ts";

type Commands = Pick<CycleDeskService, "createCycle" | "saveCycle" | "openNow" | "closeNow" | "markDone" | "settleLot">;

interface Done {
  id: OrderCycleId;
  by: UserId;
  action: string;
  type: "Create" | "Update";
}

/** What staff do with order cycles. */
export function makeCommands(audit: AuditService): Commands {
  /** Lets everybody know: pages, handlers of activities, the log. */
  async function tell(tx: Tx, { id, by, action, type }: Done, after: Readonly<Record<string, string | number | null>>) {
    purgeOnCommit(tx, ["shop"]);
    await audit.record(tx, { app: "market", by, action, subject: `order-cycle:${id}`, reason: "", before: null, after });
    await emitActivity(tx, { originApp: "market", actorId: by, type, object: { type: "OrderCycle", id }, details: { action } });
  }

  /** Changes the row where it is as it has to be; a second try finds it changed. */
  async function move(tx: Tx, { id, by, action }: Omit<Done, "type">, set: SQL, where: SQL): Promise<boolean> {
    const { rows } = await tx.execute(
      sql`update order_cycles set ${set}, revision = revision + 1 where id = ${id} and done_at is null and ${where} returning id`,
    );
    if (rows.length === 0) return false;
    await tell(tx, { id, by, action, type: "Update" }, {});
    return true;
  }

  return {
    async createCycle(tx, draft, by) {
      const [row] = await tx.insert(orderCycles).values(columnsOf(draft)).returning({ id: orderCycles.id });
      if (!row) throw new Error("an insert returns its row");
      await writeGoods(tx, row.id, draft);
      await writePickUps(tx, row.id, draft.pickUps);
      await tell(tx, { id: row.id, by, action: "create order cycle", type: "Create" }, stateOf(draft));
      return row.id;
    },
    async saveCycle(tx, { id, revision, draft, by }): Promise<SaveCycleResult> {
      const refusal = await refusalOf(tx, id, revision, draft);
      if (refusal) return refusal;
      if (!(await writePickUps(tx, id, draft.pickUps))) return "chosen";
      const set = { ...columnsOf(draft), ...timesOf(draft), revision: revision + 1 };
      await tx.update(orderCycles).set(set).where(eq(orderCycles.id, id));
      await writeGoods(tx, id, draft);
      await tell(tx, { id, by, action: "edit order cycle", type: "Update" }, stateOf(draft));
      return "saved";
    },
    openNow: (tx, id, by) =>
      move(tx, { id, by, action: "open order cycle" }, sql`opens_at = ${moment}`, sql`opens_at > ${moment} and closes_at > ${moment}`),
    closeNow: (tx, id, by) =>
      move(tx, { id, by, action: "close order cycle" }, sql`closes_at = ${moment}`, sql`opens_at < ${moment} and closes_at > ${moment}`),
    markDone: (tx, id, by) => move(tx, { id, by, action: "end order cycle" }, sql`done_at = ${moment}`, sql`closes_at <= ${moment}`),
    async settleLot(tx, { cycleId, productId, maxCases, decision, by }) {
      // the cycle is locked as whoever sends an order locks it: nobody sends what is being decided
      const { rows } = await tx.execute(sql`
        select cycle.id from order_cycles as cycle, products where cycle.id = ${cycleId} and products.id = ${productId} and not exists (
          select from back_orders where cycle_id = cycle.id and back_orders.supplier_id = products.supplier_id)
        for no key update of cycle`);
      if (rows.length === 0) return false;
      await tx.execute(sql`
        insert into cycle_lots (cycle_id, product_id, max_cases, decision) values (${cycleId}, ${productId}, ${maxCases}, ${decision})
        on conflict (cycle_id, product_id) do update set max_cases = excluded.max_cases, decision = excluded.decision`);
      await tell(tx, { id: cycleId, by, action: "settle lot", type: "Update" }, { product: productId, maxCases, decision });
      return true;
    },
  };
}

/** The clock of the statement: of two who wait for each other, the second one's transaction is the older by its beginning. */
const moment = sql`clock_timestamp()`;

/** A draft may have lost a race, or be of a time that a supplier has an order for. Locks the cycle. */
async function refusalOf(tx: Tx, id: OrderCycleId, revision: number, draft: CycleDraft): Promise<SaveCycleResult | null> {
  const [held] = await tx.select().from(orderCycles).where(eq(orderCycles.id, id)).for("no key update");
  if (!held) return "gone";
  if (held.revision !== revision) return "conflict";
  const isSame = minuteOf(held.opensAt) === minuteOf(draft.opensAt) && minuteOf(held.closesAt) === minuteOf(draft.closesAt);
  return !isSame && (await tx.$count(backOrders, eq(backOrders.cycleId, id))) > 0 ? "fixed" : null;
}

/** As a form says it: whoever opens or closes by hand does it within a minute. */
function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / 60_000);
}

/** Times that are what the row has, but for its seconds, stay to the second. */
function timesOf({ opensAt, closesAt }: CycleDraft) {
  const kept = (column: typeof orderCycles.opensAt | typeof orderCycles.closesAt, at: Date) => {
    const typed = sql`${at.toISOString()}::timestamptz`;
    return sql`case when date_trunc('minute', ${column}) = date_trunc('minute', ${typed}) then ${column} else ${typed} end`;
  };
  return { opensAt: kept(orderCycles.opensAt, opensAt), closesAt: kept(orderCycles.closesAt, closesAt) };
}

function columnsOf({ name, note, zone, opensAt, closesAt, incompleteCase, usesStock }: CycleDraft) {
  return { name, note, zone, opensAt, closesAt, incompleteCase, usesStock };
}

function stateOf({ name, opensAt, closesAt, incompleteCase }: CycleDraft) {
  return { name, opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString(), incompleteCase };
}

async function writeGoods(tx: Tx, cycleId: OrderCycleId, { supplierIds, productIds }: CycleDraft): Promise<void> {
  await tx.delete(cycleSuppliers).where(eq(cycleSuppliers.cycleId, cycleId));
  await tx.delete(cycleProducts).where(eq(cycleProducts.cycleId, cycleId));
  const suppliers = [...new Set(supplierIds)].map((supplierId) => ({ cycleId, supplierId }));
  const products = [...new Set(productIds)].map((productId) => ({ cycleId, productId }));
  if (suppliers.length > 0) await tx.insert(cycleSuppliers).values(suppliers);
  if (products.length > 0) await tx.insert(cycleProducts).values(products);
}

/** false: somebody fetches at one that would go. */
async function writePickUps(tx: Tx, cycleId: OrderCycleId, drafts: readonly PickUpDraft[]): Promise<boolean> {
  const kept = drafts.flatMap(({ id }) => id ?? []);
  const others = and(eq(pickUps.cycleId, cycleId), kept.length > 0 ? notInArray(pickUps.id, kept) : sql`true`);
  const gone = (await tx.select({ id: pickUps.id }).from(pickUps).where(others).for("update")).map(({ id }) => id);
  if (gone.length > 0) {
    const ids = sql.param(gone);
    const { rows } = await tx.execute(sql`
      select from order_pick_ups join orders on orders.id = order_id where pick_up_id = any(${ids}::bigint[]) and status in (${HOLDING}) limit 1`);
    if (rows.length > 0) return false;
    await tx.delete(orderPickUps).where(inArray(orderPickUps.pickUpId, gone)); // of orders that nobody fetches
    await tx.delete(pickUps).where(inArray(pickUps.id, gone));
  }
  for (const { id, ...draft } of drafts) await writePickUp(tx, cycleId, id, draft);
  return true;
}

const FETCHED = { feeMinor: null, freeFromMinor: null, areas: [] };

async function writePickUp(tx: Tx, cycleId: OrderCycleId, id: PickUpId | null, draft: Omit<PickUpDraft, "id">): Promise<void> {
  const { delivery, ...rest } = draft;
  const row = { ...rest, ...(delivery === null ? FETCHED : { ...delivery, areas: [...delivery.areas] }) };
  if (id === null) await tx.insert(pickUps).values({ ...row, cycleId });
  else
    await tx
      .update(pickUps)
      .set(row)
      .where(and(eq(pickUps.id, id), eq(pickUps.cycleId, cycleId)));
}
