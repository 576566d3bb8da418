import { and, eq, isNull } from "drizzle-orm";
import type { AnsweredEmailChange, EmailChangesService, OpenedEmailChange, StartedEmailChange } from "../../contracts/email-changes.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { userEmails } from "../../models/identity.ts";
import type { EmailChangeId, UserId } from "../../models/ids.ts";
import { type EmailChangeEnd, emailChanges } from "../../models/members.ts";
import { notifyPeople } from "../federation/notify-holders.ts";
import { carryOut } from "./carry-out.ts";
import { type ChangeRow, endOf, findByToken, isUnderWay, lockMember, openOf } from "./rows.ts";

/** Changes of mail addresses, from PostgreSQL. */
export function makeEmailChangesService({ db, clock }: ServiceDeps): EmailChangesService {
  return {
    async findOpen(userId) {
      const [row] = await db
        .select()
        .from(emailChanges)
        .where(and(eq(emailChanges.userId, userId), isUnderWay(clock.now())));
      return row === undefined ? null : openOf(row);
    },
    async start(tx, { userId, newEmail, oldTokenHash, newTokenHash, expiresAt, expected }): Promise<StartedEmailChange> {
      const now = clock.now();
      await lockMember(tx, userId);
      const [waiting] = await tx
        .select()
        .from(emailChanges)
        .where(and(eq(emailChanges.userId, userId), isNull(emailChanges.end)));
      const underWay = waiting !== undefined && endOf(waiting, now) === null ? waiting.id : null;
      if (underWay !== expected) return { kind: "changed-meanwhile" };
      const oldEmail = await primaryOf(tx, userId);
      if (oldEmail === newEmail) return { kind: "same" };
      if (waiting !== undefined) await endIt(tx, waiting, endOf(waiting, now) ?? "replaced", now);
      const [holder] = await tx.select({ userId: userEmails.userId }).from(userEmails).where(eq(userEmails.email, newEmail));
      const isOthers = holder !== undefined && holder.userId !== userId;
      await tx.insert(emailChanges).values({
        ...{ userId, oldEmail, newEmail, expiresAt, createdAt: now },
        oldTokenHash: oldEmail === null ? null : oldTokenHash,
        oldAllowedAt: oldEmail === null ? now : null,
        newTokenHash: isOthers ? null : newTokenHash,
      });
      return { kind: "started", oldEmail, isOthers };
    },
    async open(tokenHash): Promise<OpenedEmailChange> {
      const found = await findByToken(db, tokenHash);
      if (found === null) return { kind: "unknown" };
      const { row, side, name, handle } = found;
      const end = endOf(row, clock.now());
      return end === null ? { kind: "open", side, change: openOf(row), name, handle } : { kind: "over", side, end };
    },
    agree: (tx, tokenHash) => answer(tx, tokenHash, true),
    refuse: (tx, tokenHash) => answer(tx, tokenHash, false),
    async stop(tx, userId, id) {
      await lockMember(tx, userId);
      const [row] = await tx
        .select()
        .from(emailChanges)
        .where(and(eq(emailChanges.userId, userId), isUnderWay(clock.now())));
      if (row?.id !== id) return false;
      await endIt(tx, row, "stopped", clock.now());
      return true;
    },
  };

  async function answer(tx: Tx, tokenHash: string, isYes: boolean): Promise<AnsweredEmailChange> {
    const now = clock.now();
    const before = await findByToken(tx, tokenHash);
    if (before === null) return { kind: "unknown" };
    await lockMember(tx, before.row.userId);
    const found = await findByToken(tx, tokenHash); // as it is now that nobody else answers
    if (found === null) return { kind: "unknown" };
    const { row, side } = found;
    const end = endOf(row, now);
    if (end !== null) return { kind: "over", end };
    if (!isYes) {
      if (side !== "old") throw new CodedError("not-found", "That is for the old address to say.");
      return { kind: "over", end: await endIt(tx, row, "stopped", now) };
    }
    const agreed = side === "old" ? { oldAllowedAt: row.oldAllowedAt ?? now } : { newConfirmedAt: row.newConfirmedAt ?? now };
    await tx.update(emailChanges).set(agreed).where(eq(emailChanges.id, row.id));
    const latest = { ...row, ...agreed };
    if (latest.oldAllowedAt === null || latest.newConfirmedAt === null) return { kind: "waiting", change: openOf(latest) };
    return finish(tx, latest, { name: found.name, now });
  }

  async function finish(tx: Tx, row: ChangeRow, { name, now }: { name: string; now: Date }): Promise<AnsweredEmailChange> {
    if (!(await carryOut(tx, row, now))) return { kind: "over", end: await endIt(tx, row, "taken", now) };
    await endIt(tx, row, "done", now);
    const { userId, oldEmail, newEmail } = row;
    await tellOtherDevices(tx, userId, row.id);
    return { kind: "done", userId, name, oldEmail, newEmail };
  }
}

/** By the co-operative itself, since nobody is told of their own deeds: whoever is signed in elsewhere sees it at once. */
async function tellOtherDevices(tx: Tx, userId: UserId, id: EmailChangeId): Promise<void> {
  const details = { name: "the address that you sign in with", path: "/settings/email" };
  const told = { originApp: "account", actorId: null, type: "Update", object: { type: "SignInAddress", id }, details } as const;
  await notifyPeople(tx, [userId], await emitActivity(tx, told), "always");
}

async function primaryOf(tx: Tx, userId: UserId): Promise<string | null> {
  const isPrimary = and(eq(userEmails.userId, userId), eq(userEmails.isPrimary, true));
  const [row] = await tx.select({ email: userEmails.email }).from(userEmails).where(isPrimary);
  return row?.email ?? null;
}

async function endIt(tx: Tx, { id }: ChangeRow, end: EmailChangeEnd, now: Date): Promise<EmailChangeEnd> {
  await tx
    .update(emailChanges)
    .set({ end, endedAt: now })
    .where(and(eq(emailChanges.id, id), isNull(emailChanges.end)));
  return end;
}
