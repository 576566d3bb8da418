import { asc, eq, sql } from "drizzle-orm";
import type { OrderNote } from "../../contracts/orders.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import type { OrderId, UserId } from "../../models/ids.ts";
import { orderNotes } from "../../models/order-notes.ts";

/** What staff wrote about an order, oldest first. */
export function listNotes(db: ServiceDeps["db"], orderId: OrderId): Promise<OrderNote[]> {
  return db
    .select({ words: orderNotes.words, by: sql<string>`coalesce(${users.name}, '')`, at: orderNotes.createdAt })
    .from(orderNotes)
    .leftJoin(users, eq(users.id, orderNotes.authorId))
    .where(eq(orderNotes.orderId, orderId))
    .orderBy(asc(orderNotes.id));
}

export async function addNote(tx: Tx, orderId: OrderId, { by, words }: { by: UserId; words: string }): Promise<void> {
  await tx.insert(orderNotes).values({ orderId, authorId: by, words });
}
