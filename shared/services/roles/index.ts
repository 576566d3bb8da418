import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { RelationsService, Scope } from "../../contracts/relations.ts";
import { type HeldRole, OFFICES, type OfficeGrant, type RolesService } from "../../contracts/roles.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { relationFacts } from "../../models/relation-facts.ts";

const RELATION = "shared.role"; // shared.role("user:<id>", Office, Scope)
const MAX_REASON = 500;

/** Roles from asserted facts, membership from the account. Who may grant them is decided where every right is. */
export function makeRolesService({ db, clock }: ServiceDeps, relations: RelationsService): RolesService {
  /** Nobody decides about themselves. */
  async function checkGiver({ to, by }: Pick<OfficeGrant, "to" | "by">): Promise<void> {
    if (by === null) return;
    if (by === to) throw new CodedError("not-allowed", "Nobody gives or takes an office of their own. Please ask another admin.");
    if (!(await relations.may(by, "grant-roles", "site"))) throw new CodedError("not-allowed", "Offices are given and taken by admins.");
  }
  return {
    rolesOf: (userId) => rolesOf(db, userId, clock.now()),
    async grantOffice(tx, { office, scope, to, by, reason, expiresAt }) {
      await checkGiver({ to, by });
      const why = reason.trim();
      if (why === "" || why.length > MAX_REASON) throw new CodedError("not-allowed", "An office is given for a reason: please say which.");
      const assertedBy = by === null ? "app:federation" : `user:${by}`;
      const fact = { relation: RELATION, arguments: [`user:${to}`, office, scope], assertedBy };
      const target = [relationFacts.relation, relationFacts.arguments, relationFacts.assertedBy];
      await tx
        .insert(relationFacts)
        .values({ ...fact, reason: why, expiresAt })
        .onConflictDoUpdate({ target, set: { reason: why, expiresAt } });
    },
    async withdrawOffice(tx, { office, scope, to, by }) {
      await checkGiver({ to, by });
      const isIt = eq(relationFacts.arguments, [`user:${to}`, office, scope]);
      await tx.delete(relationFacts).where(and(eq(relationFacts.relation, RELATION), isIt));
    },
  };
}

async function rolesOf(db: Db, userId: UserId, now: Date): Promise<readonly HeldRole[]> {
  const holds = and(
    eq(relationFacts.relation, RELATION),
    sql`${relationFacts.arguments} ->> 0 = 'user:' || ${users.id}`,
    or(isNull(relationFacts.expiresAt), gt(relationFacts.expiresAt, now)),
  );
  const rows = await db
    .selectDistinct({
      office: sql<string | null>`${relationFacts.arguments} ->> 1`,
      scope: sql<Scope>`${relationFacts.arguments} ->> 2`.as("scope"),
    })
    .from(users)
    .leftJoin(relationFacts, holds)
    .where(eq(users.id, userId))
    .orderBy(sql`scope`);
  if (rows.length === 0) return [];
  const held = OFFICES.flatMap((office) => rows.filter((row) => row.office === office).map(({ scope }) => ({ role: office, scope })));
  return [{ role: "member", scope: "site" }, ...held];
}
