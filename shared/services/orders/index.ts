import { and, eq, sql } from "drizzle-orm";
import type { CyclesService } from "../../contracts/cycles.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import type { OrdersService } from "../../contracts/orders.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orders } from "../../models/cart.ts";
import { userEmails } from "../../models/identity.ts";
import { makeIsFor } from "../cart/sold-to.ts";
import { makeIsEntitled } from "../discounts/candidates.ts";
import { listHeld } from "./held.ts";
import { findKindLines, listAgain } from "./lines-of.ts";
import { makeListPickUpsAhead } from "./list-ahead.ts";
import { listMatching, listMerchants, listOrders } from "./list-orders.ts";
import { moveOrder } from "./move-order.ts";
import { addNote, listNotes } from "./notes.ts";
import { listToPick } from "./pick-lists.ts";
import { makePlaceFromCart } from "./place-from-cart.ts";
import { findOrder, isOf } from "./reads.ts";
import { release, restock } from "./reserve.ts";

/** Orders, in PostgreSQL. */
export function makeOrdersService(
  { db, timeZone }: Pick<ServiceDeps, "db" | "timeZone">,
  { cycles, relations, kinds }: { cycles: CyclesService; relations: Pick<RelationsService, "list">; kinds: readonly LineKind[] },
): OrdersService {
  const moved = () => new CodedError("order-moved", "The order stands elsewhere by now. Please open its page again.");
  return {
    placeFromCart: makePlaceFromCart({ cycles, isFor: makeIsFor(relations), isEntitled: makeIsEntitled(relations), kinds, timeZone }),
    findKindLines: (orderId, kind) => findKindLines(db, orderId, kind),
    listAgain: (orderId) => listAgain(db, orderId),
    findFor: (viewer, reference) => findOrder(db, and(eq(orders.reference, reference), isOf(viewer))),
    listPickUpsAhead: makeListPickUpsAhead({ db }),
    listHeld: (userId, shown, ask) => listHeld(db, userId, { shown, ask, timeZone }),
    find: (reference) => findOrder(db, eq(orders.reference, reference)),
    async findBuyer(orderId) {
      const [to] = await db
        .select({ email: sql<string | null>`coalesce(${orders.email}, ${userEmails.email})` })
        .from(orders)
        .leftJoin(userEmails, and(eq(userEmails.userId, orders.userId), userEmails.isPrimary))
        .where(eq(orders.id, orderId));
      const order = to?.email ? await findOrder(db, eq(orders.id, orderId)) : null;
      return order === null || !to?.email ? null : { email: to.email, order };
    },
    list: (filter, page) => listOrders(db, filter, { page, timeZone }),
    listAll: (filter, most) => listMatching(db, filter, { timeZone, most, skip: 0 }),
    listMerchants: () => listMerchants(db),
    listNotes: (orderId) => listNotes(db, orderId),
    addNote,
    listToPick: () => listToPick(db),
    async cancel(tx, orderId, by) {
      const actorId = by.kind === "staff" ? by.userId : null;
      if (!(await moveOrder(tx, orderId, { to: "cancelled", by: by.kind, actorId }))) throw moved();
      await release(tx, orderId);
      await tx.execute(sql`update payment_attempts set look_at = now() where order_id = ${orderId} and state in ('new', 'open')`);
    },
    restock,
    async move(tx, orderId, to, by) {
      if (!(await moveOrder(tx, orderId, { to, by: "staff", actorId: by }))) throw moved();
    },
  };
}
