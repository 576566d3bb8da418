import type { FactRef, RetractResult } from "@rose-ash/shared/contracts/relations.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";

/** Takes back a fact of whoever stated it, all in one transaction; none stated it: not-asserted. */
export async function takeBack(
  { services, transaction }: FastifyInstance,
  by: UserId,
  fact: FactRef,
  reason: string,
): Promise<RetractResult> {
  const { tuple } = await services.relations.getFactPage(by, fact);
  return transaction(async (tx) => {
    let last: RetractResult = { kind: "not-asserted" };
    for (const { assertedBy } of tuple.assertions) last = await services.relations.retractFact(tx, by, { ...fact, reason, assertedBy });
    return last;
  });
}
