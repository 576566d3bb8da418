import { and, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { Retraction, RetractResult } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { RelationStore } from "../../infrastructure/relations/index.ts";
import type { UserId } from "../../models/ids.ts";
import { relationFacts } from "../../models/relation-facts.ts";
import { appOf, stateOf, subjectOf } from "./audited.ts";
import { checkAssertion } from "./check-assertion.ts";
import { keepingAnAdmin } from "./keep-an-admin.ts";

/** Takes back one assertion of a tuple; what others assert and rules derive stays. In the caller's transaction, audited. */
export async function retractFact(
  tx: Tx,
  { store, audit }: { store: RelationStore; audit: AuditService },
  by: UserId,
  retraction: Retraction,
): Promise<RetractResult> {
  const { values, reason, assertedBy } = retraction;
  if (reason.trim().length < 3) return { kind: "malformed", message: "Say why: whoever reads this later will want to know." };
  const relation = await checkAssertion(tx, store, by, retraction);
  if ("kind" in relation) return relation;
  const remove = () =>
    tx
      .delete(relationFacts)
      .where(
        and(
          eq(relationFacts.relation, relation.fullName),
          eq(relationFacts.arguments, sql`${JSON.stringify(values)}::jsonb`),
          eq(relationFacts.assertedBy, assertedBy),
        ),
      )
      .returning();
  const [gone] = await (relation.isRight ? keepingAnAdmin(tx, store, remove) : remove());
  if (!gone) return { kind: "not-asserted" };
  purgeOnCommit(tx, relation.purges);
  await audit.record(tx, {
    ...{ app: appOf(store), by, action: "retract", subject: subjectOf(gone), reason: reason.trim() },
    ...{ before: stateOf(gone), after: null },
  });
  return { kind: "retracted" };
}
