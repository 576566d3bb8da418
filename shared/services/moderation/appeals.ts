import { and, asc, count, desc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { AuditService } from "../../contracts/audit.ts";
import type { CommentsService } from "../../contracts/comments.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { AppealView, ModerationService, VerdictView } from "../../contracts/moderation.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apDocuments } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";
import type { LimitId, StatusId, UserId } from "../../models/ids.ts";
import { moderationAppeals, moderationLimits } from "../../models/moderation.ts";
import { lift, tellMember } from "./limits.ts";

type Appeals = Pick<ModerationService, "listVerdicts" | "appeal" | "listAppeals" | "decideAppeal">;
const ON_PAGE = 30;
const MOST_LISTED = 50;

export interface AppealParts {
  readonly audit: AuditService;
  readonly comments: Pick<CommentsService, "approve">;
}

const decider = alias(users, "decider");
const isHiddenByHand = and(eq(apDocuments.moderation, "hidden"), isNotNull(apDocuments.moderatedBy), isNull(apDocuments.deletedAt));

/** A member asks for another look; another steward than the one who decided answers. */
export function makeAppeals(deps: ServiceDeps, parts: AppealParts): Appeals {
  return {
    listVerdicts: (userId) => listVerdicts(deps, userId),
    appeal: (tx, userId, key, words) => appeal(tx, userId, key, words),
    listAppeals: (which, viewer, page) => listAppeals(deps, which, viewer, page),
    decideAppeal: (tx, id, isGranted, decision) => decideAppeal(tx, parts, { id, isGranted, ...decision }),
  };
}

async function listVerdicts({ db }: ServiceDeps, userId: UserId): Promise<VerdictView[]> {
  const appeal = { words: moderationAppeals.words, isGranted: moderationAppeals.isGranted, answer: moderationAppeals.answer };
  const [limits, documents] = await Promise.all([
    db
      .select({ limit: moderationLimits, appeal })
      .from(moderationLimits)
      .leftJoin(moderationAppeals, eq(moderationAppeals.limitId, moderationLimits.id))
      .where(eq(moderationLimits.userId, userId))
      .orderBy(desc(moderationLimits.setAt), desc(moderationLimits.id))
      .limit(MOST_LISTED),
    db
      .select({ id: apDocuments.id, text: apDocuments.source, reason: apDocuments.moderationReason, at: apDocuments.moderatedAt, appeal })
      .from(apDocuments)
      .leftJoin(moderationAppeals, eq(moderationAppeals.documentUri, apDocuments.uri))
      .where(and(eq(apDocuments.authorId, userId), or(isHiddenByHand, isNotNull(moderationAppeals.id)), isNull(apDocuments.deletedAt)))
      .orderBy(desc(apDocuments.moderatedAt), desc(apDocuments.id))
      .limit(MOST_LISTED),
  ]);
  return [
    ...limits.map(
      ({ limit: { id, kind, reason, setAt, liftedAt }, appeal: asked }): VerdictView => ({
        key: `limit:${id}`,
        kind,
        text: "",
        reason,
        at: setAt,
        isInForce: liftedAt === null,
        appeal: asked,
      }),
    ),
    ...documents.map(
      ({ id, text, reason, at, appeal: asked }): VerdictView => ({
        key: `comment:${id}`,
        kind: "hidden",
        text,
        reason,
        at: at ?? new Date(0),
        isInForce: asked?.isGranted !== true,
        appeal: asked,
      }),
    ),
  ];
}

async function appeal(tx: Tx, userId: UserId, key: string, words: string): ReturnType<ModerationService["appeal"]> {
  const [, kind = "", digits = "0"] = /^(limit|comment):(\d{1,15})$/.exec(key) ?? [];
  const about =
    kind === "limit" ? await findLimit(tx, userId, Number(digits) as LimitId) : await findHidden(tx, userId, Number(digits) as StatusId);
  if (about === null) throw new CodedError("not-found", "Nothing of that kind was decided about you.", { key });
  const { rowCount } = await tx
    .insert(moderationAppeals)
    .values({ userId, ...about, words })
    .onConflictDoNothing();
  if (rowCount === 0) return { kind: "asked-before" };
  const object = { type: "Appeal", id: key };
  await emitActivity(tx, {
    originApp: "federation",
    actorId: userId,
    type: "Offer",
    object,
    details: { path: "/admin/moderation/appeals" },
  });
  return { kind: "asked" };
}

async function findLimit(tx: Tx, userId: UserId, id: LimitId): Promise<{ limitId: LimitId } | null> {
  const isTheirs = and(eq(moderationLimits.id, id), eq(moderationLimits.userId, userId), isNull(moderationLimits.liftedAt));
  const [row] = await tx.select({ limitId: moderationLimits.id }).from(moderationLimits).where(isTheirs);
  return row ?? null;
}

async function findHidden(tx: Tx, userId: UserId, id: StatusId): Promise<{ documentUri: string } | null> {
  const isTheirs = and(eq(apDocuments.id, id), eq(apDocuments.authorId, userId), isHiddenByHand);
  const [row] = await tx.select({ documentUri: apDocuments.uri }).from(apDocuments).where(isTheirs);
  return row ?? null;
}

const decidedBy = sql<UserId | null>`coalesce(${moderationLimits.setBy}, ${apDocuments.moderatedBy})`.mapWith(moderationLimits.setBy);

async function listAppeals({ db }: ServiceDeps, which: "open" | "decided", viewer: UserId, page: number) {
  const isIt = which === "open" ? isNull(moderationAppeals.decidedAt) : isNotNull(moderationAppeals.decidedAt);
  const [[all], rows] = await Promise.all([
    db.select({ count: count() }).from(moderationAppeals).where(isIt),
    db
      .select({
        ...{ id: moderationAppeals.id, member: users.name, words: moderationAppeals.words, createdAt: moderationAppeals.createdAt },
        ...{ isGranted: moderationAppeals.isGranted, answer: moderationAppeals.answer, kind: moderationLimits.kind },
        ...{ text: apDocuments.source, limitReason: moderationLimits.reason, documentReason: apDocuments.moderationReason },
        ...{ decidedBy: decider.name, deciderId: decidedBy },
      })
      .from(moderationAppeals)
      .innerJoin(users, eq(users.id, moderationAppeals.userId))
      .leftJoin(moderationLimits, eq(moderationLimits.id, moderationAppeals.limitId))
      .leftJoin(apDocuments, eq(apDocuments.uri, moderationAppeals.documentUri))
      .leftJoin(decider, eq(decider.id, decidedBy))
      .where(isIt)
      .orderBy(which === "open" ? asc(moderationAppeals.createdAt) : desc(moderationAppeals.decidedAt), asc(moderationAppeals.id))
      .limit(ON_PAGE)
      .offset((page - 1) * ON_PAGE),
  ]);
  const appeals = rows.map(
    ({ kind, text, limitReason, documentReason, decidedBy: name, deciderId, ...row }): AppealView => ({
      ...row,
      about: { kind: kind ?? "hidden", text: text ?? "", reason: limitReason ?? documentReason ?? "", decidedBy: name ?? "" },
      isOwnDecision: deciderId === viewer,
    }),
  );
  return { appeals, page, pageCount: Math.max(1, Math.ceil((all?.count ?? 0) / ON_PAGE)) };
}

type Verdict = { id: AppealView["id"]; isGranted: boolean; by: UserId; reason: string };

async function decideAppeal(
  tx: Tx,
  parts: AppealParts,
  { id, isGranted, by, reason }: Verdict,
): ReturnType<ModerationService["decideAppeal"]> {
  const [found] = await tx
    .select({
      userId: moderationAppeals.userId,
      limitId: moderationAppeals.limitId,
      uri: moderationAppeals.documentUri,
      decidedAt: moderationAppeals.decidedAt,
    })
    .from(moderationAppeals)
    .where(eq(moderationAppeals.id, id))
    .for("update");
  if (found === undefined || found.decidedAt !== null) return { kind: "decided-before" };
  const [author] = await tx
    .select({ id: decidedBy })
    .from(moderationAppeals)
    .leftJoin(moderationLimits, eq(moderationLimits.id, moderationAppeals.limitId))
    .leftJoin(apDocuments, eq(apDocuments.uri, moderationAppeals.documentUri))
    .where(eq(moderationAppeals.id, id));
  if (author?.id === by || found.userId === by) return { kind: "own-decision" };
  await tx
    .update(moderationAppeals)
    .set({ decidedAt: sql`now()`, decidedBy: by, isGranted, answer: reason })
    .where(eq(moderationAppeals.id, id));
  await parts.audit.record(tx, {
    app: "federation",
    by,
    action: "answer appeal",
    subject: `appeal:${id}`,
    reason,
    before: null,
    after: { isGranted },
  });
  if (isGranted && found.limitId !== null) await lift(tx, parts, found.limitId, { by, reason });
  if (isGranted && found.uri !== null) await parts.comments.approve(tx, [found.uri], { by, reason });
  await tellMember(tx, found.userId, by);
  return { kind: "decided" };
}
