import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import { type Office, type OfficeGrant, RIGHTS, ROLES, type Role, type RolesService } from "../../contracts/roles.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { relationFacts } from "../../models/relation-facts.ts";

const RELATION = "office"; // office(User, Office)
const MAX_REASON = 500;

/** Roles from asserted facts: office(User, Office) for the offices, an account for membership. */
export function makeRolesService({ db, clock }: ServiceDeps): RolesService {
  return {
    rolesOf: (userId) => rolesOf(db, userId, clock.now()),
    async can(viewer, right) {
      if (viewer.kind === "guest") return false;
      const enough: readonly Role[] = RIGHTS[right];
      return (await rolesOf(db, viewer.userId, clock.now())).some((role) => enough.includes(role));
    },
    async grantOffice(tx, { office, to, by, reason, expiresAt }) {
      await checkGiver(tx, { to, by }, clock.now());
      const why = reason.trim();
      if (why === "" || why.length > MAX_REASON) throw new CodedError("not-allowed", "An office is given for a reason: please say which.");
      const fact = { relation: RELATION, arguments: [to, office], assertedBy: asserter(by) };
      const target = [relationFacts.relation, relationFacts.arguments, relationFacts.assertedBy];
      await tx
        .insert(relationFacts)
        .values({ ...fact, reason: why, expiresAt })
        .onConflictDoUpdate({ target, set: { reason: why, expiresAt } });
    },
    async withdrawOffice(tx, { office, to, by }) {
      await checkGiver(tx, { to, by }, clock.now());
      await tx.delete(relationFacts).where(isOffice(to, office));
    },
  };
}

const asserter = (by: UserId | null) => (by === null ? "app:federation" : `user:${by}`);
const isOffice = (userId: UserId, office: Office) =>
  and(eq(relationFacts.relation, RELATION), eq(relationFacts.arguments, [userId, office]));

/** Nobody decides about themselves; an admin decides about others. */
async function checkGiver(tx: Tx, { to, by }: Pick<OfficeGrant, "to" | "by">, now: Date): Promise<void> {
  if (by === null) return;
  if (by === to) throw new CodedError("not-allowed", "Nobody gives or takes an office of their own. Please ask another admin.");
  if (!(await rolesOf(tx, by, now)).includes("admin")) throw new CodedError("not-allowed", "Offices are given and taken by admins.");
}

async function rolesOf(db: Db | Tx, userId: UserId, now: Date): Promise<readonly Role[]> {
  const holds = and(
    eq(relationFacts.relation, RELATION),
    sql`${relationFacts.arguments} -> 0 = to_jsonb(${users.id})`,
    or(isNull(relationFacts.expiresAt), gt(relationFacts.expiresAt, now)),
  );
  const rows = await db
    .select({ office: sql<string | null>`${relationFacts.arguments} ->> 1` })
    .from(users)
    .leftJoin(relationFacts, holds)
    .where(eq(users.id, userId));
  if (rows.length === 0) return [];
  const held = new Set(rows.map(({ office }) => office));
  return ROLES.filter((role) => role === "member" || held.has(role));
}
