import { sql } from "drizzle-orm";
import type { Action, RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { relationFacts } from "../../models/relation-facts.ts";

const PERMITS: Record<string, readonly Action[]> = {
  admin: ["see-admin", "operate", "assert-facts", "grant-roles", "read-audit", "edit"],
  steward: ["see-admin", "operate", "assert-facts", "edit"],
  editor: ["edit"],
};

/** Who may do what, from the roles that were granted. */
export function makeRelationsService({ db }: Pick<ServiceDeps, "db">): RelationsService {
  return {
    async may(userId, action, scope) {
      const roles = await db
        .select({ role: sql<string>`${relationFacts.arguments}->>1` })
        .from(relationFacts)
        .where(
          sql`${relationFacts.relation} = 'shared.role' and ${relationFacts.arguments}->>0 = ${`user:${userId}`}
            and ${relationFacts.arguments}->>2 in ('site', ${scope}) and coalesce(${relationFacts.expiresAt} > now(), true)`,
        );
      return roles.some(({ role }) => PERMITS[role]?.includes(action));
    },
  };
}
