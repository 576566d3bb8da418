import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { IdentityService } from "../../contracts/identity.ts";
import type { JoiningService, JoinRequestView, WayIn } from "../../contracts/joining.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import { joinRequests } from "../../models/joining.ts";
import { textAgreements } from "../../models/site.ts";
import { readSettings } from "../site/sections.ts";
import { findOpen, isToken } from "./invitations.ts";

const PER_PAGE = 30;

type Requests = Pick<JoiningService, "wayInFor" | "wayInWithin" | "ask" | "countWaiting" | "listRequests" | "decide" | "findDecided">;

/** Whether somebody comes in, and those whom a steward lets in. */
export function makeRequests(
  { db, clock }: ServiceDeps,
  { audit, identity }: { readonly audit: AuditService; readonly identity: Pick<IdentityService, "welcome"> },
): Requests {
  const wayIn = (from: Db | Tx, email: string, token: string) => wayInFor(from, { email, token, now: clock.now() });
  return {
    wayInFor: (email, token) => wayIn(db, email, token),
    wayInWithin: wayIn,
    async ask(tx, { email, name, words, agreed }) {
      const versionOf = (kind: string) => agreed.find((one) => one.kind === kind)?.version ?? null;
      const row = { email: email.toLowerCase(), name, words, termsVersion: versionOf("terms"), privacyVersion: versionOf("privacy") };
      const [made] = await tx.insert(joinRequests).values(row).onConflictDoNothing().returning({ id: joinRequests.id });
      if (made === undefined) return;
      await emitActivity(tx, {
        originApp: "account",
        actorId: null,
        type: "Offer",
        object: { type: "JoinRequest", id: made.id },
        details: { path: "/admin/site/requests" },
      });
    },
    countWaiting: () => db.$count(joinRequests, eq(joinRequests.state, "waiting")),
    async listRequests(state, page) {
      const only = eq(joinRequests.state, state);
      const order =
        state === "waiting" ? [asc(joinRequests.createdAt), asc(joinRequests.id)] : [desc(joinRequests.decidedAt), desc(joinRequests.id)];
      const [count, requests] = await Promise.all([
        db.$count(joinRequests, only),
        select(db)
          .where(only)
          .orderBy(...order)
          .limit(PER_PAGE)
          .offset((page - 1) * PER_PAGE),
      ]);
      return { requests, page, pageCount: Math.max(1, Math.ceil(count / PER_PAGE)) };
    },
    async decide(tx, id, { isApproved, reason, by }) {
      const state = isApproved ? "approved" : "declined";
      const [decided] = await tx
        .update(joinRequests)
        .set({ state, reason, decidedAt: clock.now(), decidedBy: by })
        .where(and(eq(joinRequests.id, id), eq(joinRequests.state, "waiting")))
        .returning({
          email: joinRequests.email,
          name: joinRequests.name,
          terms: joinRequests.termsVersion,
          privacy: joinRequests.privacyVersion,
        });
      if (decided === undefined) return false;
      if (isApproved) {
        const { userId } = await identity.welcome(tx, decided.email, decided.name); // the address was proved when they asked
        for (const [kind, version] of [["terms", decided.terms] as const, ["privacy", decided.privacy] as const])
          if (version !== null) await tx.insert(textAgreements).values({ userId, kind, version }).onConflictDoNothing();
      }
      const type = isApproved ? "Accept" : "Reject";
      await emitActivity(tx, { originApp: "account", actorId: by, type, object: { type: "JoinRequest", id } });
      const log = { app: "account", by, action: isApproved ? "let in" : "decline to let in", subject: `join-request:${id}` } as const;
      await audit.record(tx, { ...log, reason, before: { state: "waiting" }, after: { state } });
      return true;
    },
    async findDecided(id) {
      const [row] = await select(db).where(eq(joinRequests.id, id));
      return row === undefined || row.state === "waiting" ? null : row;
    },
  };
}

function select(db: Db) {
  const { id, email, name, words, state, reason, createdAt, decidedAt } = joinRequests;
  const columns = { id, email, name, words, state, reason, createdAt, decidedAt, decidedByName: users.name };
  return db.select(columns).from(joinRequests).leftJoin(users, eq(users.id, joinRequests.decidedBy)).$dynamic() satisfies {
    where(condition: unknown): PromiseLike<JoinRequestView[]>;
  };
}

/** An invitation opens every door; whoever was let in by a steward is a member by now, and does not come here. */
async function wayInFor(from: Db | Tx, { email, token, now }: { email: string; token: string; now: Date }): Promise<WayIn> {
  const invitation = isToken(token) ? await findOpen(from, token, now) : null;
  if (invitation !== null && (invitation.email === null || invitation.email === email.toLowerCase())) return "invited";
  const { joining } = await readSettings(from);
  if (joining === "open") return "open";
  if (joining === "invitation") return "shut";
  const { rows } = await from.execute<{ state: string }>(
    sql`select state from join_requests where email = ${email.toLowerCase()} order by created_at desc, id desc limit 1`,
  );
  const state = rows[0]?.state;
  return state === "waiting" ? "asked" : state === "declined" ? "declined" : "ask";
}
