import { createHash } from "node:crypto";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import {
  levelsOf,
  NOTICE_WAYS,
  type NoticeChoices,
  type NoticeLevel,
  type NoticeLevels,
  type NoticesService,
} from "../../contracts/notices.ts";
import type { NotificationsService } from "../../contracts/notifications.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { notifications, notificationsOff } from "../../models/federation.ts";
import { userEmails, users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { NOTICE_KINDS, type NoticeKind, noticeMails } from "../../models/notices.ts";
import { wantsMail } from "./mail-wishes.ts";

/** What members want to hear of, from PostgreSQL. */
export function makeNoticesService(
  { db }: ServiceDeps,
  others: { notifications: Pick<NotificationsService, "listGroups"> },
): NoticesService {
  return {
    getChoices: (userId) => readChoices(db, userId),
    async saveChoices(tx, userId, levels, seen) {
      await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update"); // one save after the other
      const now = await readChoices(tx, userId);
      if (now.seen !== seen) return { kind: "changed-meanwhile", now };
      await writeChoices(tx, userId, levels);
      return { kind: "saved" };
    },
    async mayMail(kind, email) {
      const [row] = await db
        .select({ isWanted: wantsMail(sql`${userEmails.userId}`, kind) })
        .from(userEmails)
        .where(eq(userEmails.email, email.toLowerCase()));
      return row?.isWanted ?? true;
    },
    async findMail(id) {
      const [row] = await db
        .select({ userId: notifications.userId, kind: notifications.kind, name: users.name, email: userEmails.email })
        .from(notifications)
        .innerJoin(users, eq(users.id, notifications.userId))
        .innerJoin(userEmails, and(eq(userEmails.userId, users.id), userEmails.isPrimary))
        .where(and(eq(notifications.id, id), isNull(notifications.readAt)));
      if (row === undefined) return null;
      const { kind, ...mail } = row;
      const { groups } = await others.notifications.listGroups(row.userId, [kind], id + 1); // the newest of them is this one
      const [group] = groups;
      return group === undefined ? null : { ...mail, group };
    },
  };
}

async function readChoices(from: Db | Tx, userId: UserId): Promise<NoticeChoices> {
  const [off, wishes] = [
    await from.select({ kind: notificationsOff.kind }).from(notificationsOff).where(eq(notificationsOff.userId, userId)),
    await from.select({ kind: noticeMails.kind, isWanted: noticeMails.isWanted }).from(noticeMails).where(eq(noticeMails.userId, userId)),
  ];
  const levelOf = (kind: NoticeKind): NoticeLevel => {
    const { isOnSite, mail } = NOTICE_WAYS[kind];
    if (isOnSite && off.some((one) => one.kind === kind)) return "off";
    const isMailed = mail !== "never" && (wishes.find((one) => one.kind === kind)?.isWanted ?? mail === "usual");
    if (isMailed) return "mail";
    return isOnSite ? "site" : "off";
  };
  const levels = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, levelOf(kind)])) as NoticeLevels; // every kind has one
  const said = JSON.stringify(NOTICE_KINDS.map((kind) => levels[kind]));
  return { levels, seen: createHash("sha256").update(said).digest("base64url").slice(0, 22) };
}

/** Only what differs from what is usual is written down. */
async function writeChoices(tx: Tx, userId: UserId, levels: NoticeLevels): Promise<void> {
  const chosen = NOTICE_KINDS.map((kind) => ({ kind, level: levels[kind], ...NOTICE_WAYS[kind] })).filter(({ kind, level }) =>
    levelsOf(kind).includes(level),
  );
  const off = chosen.filter(({ isOnSite, level }) => isOnSite && level === "off").map(({ kind }) => ({ userId, kind }));
  const wishes = chosen
    .filter(({ mail, level }) => mail !== "never" && (level === "mail") !== (mail === "usual"))
    .map(({ kind, level }) => ({ userId, kind, isWanted: level === "mail" }));
  await tx.delete(notificationsOff).where(and(eq(notificationsOff.userId, userId), inArray(notificationsOff.kind, [...NOTICE_KINDS])));
  await tx.delete(noticeMails).where(eq(noticeMails.userId, userId));
  if (off.length > 0) await tx.insert(notificationsOff).values(off);
  if (wishes.length > 0) await tx.insert(noticeMails).values(wishes);
}
