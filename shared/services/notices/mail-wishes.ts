import { type SQL, sql } from "drizzle-orm";
import { NOTICE_WAYS } from "../../contracts/notices.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivities } from "../../infrastructure/activities/index.ts";
import type { NotificationId } from "../../models/ids.ts";
import type { NoticeKind } from "../../models/notices.ts";

/** Whether a member wants mails of a kind, as an expression. */
export function wantsMail(user: SQL, kind: NoticeKind): SQL<boolean> {
  const isUsual = NOTICE_WAYS[kind].mail === "usual";
  return sql<boolean>`coalesce((select wish.is_wanted from notice_mails as wish where wish.user_id = ${user} and wish.kind = ${kind}), ${isUsual})`;
}

/** Whether a member does not want to see a kind on the site, as an expression. */
export const isOff = (user: SQL, kind: NoticeKind): SQL<boolean> =>
  sql<boolean>`exists (select from notifications_off as off where off.user_id = ${user} and off.kind = ${kind})`;

/** These notifications go out by mail as well, once the transaction is committed. Kinds that are usually mailed have mails of their own. */
export async function mailNotices(tx: Tx, ids: readonly NotificationId[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = ids.map((id) => ({ actorId: null, id }));
  await emitActivities(tx, { originApp: "account", type: "Create", objectType: "Notification" }, rows);
}
