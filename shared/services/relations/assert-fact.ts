import { and, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { AssertResult, NewAssertion } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { idConstant, type RelationStore } from "../../infrastructure/relations/index.ts";
import type { UserId } from "../../models/ids.ts";
import { relationFacts } from "../../models/relation-facts.ts";
import { appOf, stateOf, subjectOf } from "./audited.ts";
import { checkAssertion } from "./check-assertion.ts";

/**
 * States a tuple in the person's name, or says it anew with another reason and end. In the caller's transaction, audited.
 * Returns why not, where nobody or not this person may say so, or where it concerns themselves.
 */
export async function assertFact(
  tx: Tx,
  { store, audit, now }: { store: RelationStore; audit: AuditService; now: Date },
  by: UserId,
  assertion: NewAssertion,
): Promise<AssertResult> {
  const { values, reason, expiresAt } = assertion;
  if (reason.trim().length < 3) return { kind: "malformed", message: "Say why: whoever reads this later will want to know." };
  if (expiresAt !== null && expiresAt <= now) return { kind: "malformed", message: "It would have ended already." };
  const relation = await checkAssertion(tx, store, by, assertion);
  if ("kind" in relation) return relation;
  const row = { relation: relation.fullName, arguments: [...values], assertedBy: idConstant("user", by), reason: reason.trim(), expiresAt };
  const [before] = await tx
    .select()
    .from(relationFacts)
    .where(
      and(
        eq(relationFacts.relation, row.relation),
        eq(relationFacts.arguments, sql`${JSON.stringify(values)}::jsonb`),
        eq(relationFacts.assertedBy, row.assertedBy),
      ),
    )
    .for("update");
  await tx
    .insert(relationFacts)
    .values(row)
    .onConflictDoUpdate({
      target: [relationFacts.relation, relationFacts.arguments, relationFacts.assertedBy],
      set: { reason: row.reason, expiresAt, createdAt: sql`now()` },
    });
  purgeOnCommit(tx, relation.purges);
  await audit.record(tx, {
    ...{ app: appOf(store), by, action: "assert", subject: subjectOf(row), reason: row.reason },
    ...{ before: before ? stateOf(before) : null, after: stateOf(row) },
  });
  return { kind: "asserted" };
}
