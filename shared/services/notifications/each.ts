import { and, asc, desc, eq, gt, inArray, lt, ne, type SQL } from "drizzle-orm";
import type { NotificationsService, NotificationView } from "../../contracts/notifications.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { tellOnCommit } from "../../infrastructure/live/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { notifications } from "../../models/federation.ts";
import type { NotificationId, UserId } from "../../models/ids.ts";

type Each = Pick<NotificationsService, "listEach" | "findOne" | "dismiss" | "clear">;

const COLUMNS = {
  ...{ id: notifications.id, kind: notifications.kind, actor: notifications.actor, object: notifications.object },
  ...{ readAt: notifications.readAt, at: notifications.createdAt },
};
const isSomebodys = ne(notifications.kind, "site");
const isOf = (userId: UserId, id: number) => and(eq(notifications.userId, userId), eq(notifications.id, id as NotificationId), isSomebodys);

/** Notifications one by one, as apps show them. */
export function makeEach({ db }: ServiceDeps): Each {
  return {
    async listEach(userId, { kinds, actor, before, since, after, limit }) {
      const at = (id: number) => id as NotificationId; // compared only
      const isUp = after !== null && before === null;
      const rows = await db
        .select(COLUMNS)
        .from(notifications)
        .where(
          and(
            ...[eq(notifications.userId, userId), isSomebodys],
            kinds.length === 0 ? undefined : inArray(notifications.kind, [...kinds]),
            actor === null ? undefined : eq(notifications.actor, actor),
            before === null ? undefined : lt(notifications.id, at(before)),
            since === null ? undefined : gt(notifications.id, at(since)),
            after === null ? undefined : gt(notifications.id, at(after)),
          ),
        )
        .orderBy(isUp ? asc(notifications.id) : desc(notifications.id))
        .limit(limit);
      return (isUp ? rows.reverse() : rows).flatMap(viewOf);
    },
    async findOne(userId, id) {
      const [row] = await db.select(COLUMNS).from(notifications).where(isOf(userId, id));
      return row === undefined ? null : (viewOf(row)[0] ?? null);
    },
    async dismiss(tx, userId, id) {
      return (await drop(tx, userId, isOf(userId, id))) > 0;
    },
    async clear(tx, userId) {
      await drop(tx, userId, and(eq(notifications.userId, userId), isSomebodys));
    },
  };
}

async function drop(tx: Tx, userId: UserId, which: SQL | undefined): Promise<number> {
  const gone = await tx.delete(notifications).where(which).returning({ id: notifications.id });
  purgeOnCommit(tx, [`notifications:${userId}`]);
  tellOnCommit(tx, userId);
  return gone.length;
}

type Row = Pick<typeof notifications.$inferSelect, "id" | "kind" | "actor" | "object" | "readAt"> & { at: Date };

function viewOf({ kind, actor, readAt, ...row }: Row): NotificationView[] {
  return kind === "site" || actor === null ? [] : [{ ...row, kind, actor, isUnread: readAt === null }];
}
