import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { relationFacts } from "@rose-ash/shared/models/relation-facts.ts";
import { eq } from "drizzle-orm";
import { RIGHTS } from "../content/rights.ts";
import type { SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";

const ROLE = "shared.role";

/** Gives out the offices while nobody holds one: what was taken from somebody since must stay taken. Returns how many it gave. */
export async function writeRights({ tx }: SeedContext, people: Ids<UserId>): Promise<number> {
  if ((await tx.$count(relationFacts, eq(relationFacts.relation, ROLE))) > 0) return 0;
  const rows = RIGHTS.map(({ handle, role, scope, reason }) => ({
    relation: ROLE,
    arguments: [`user:${idOf(people, handle)}`, role, scope],
    assertedBy: "app:account",
    reason,
  }));
  await tx.insert(relationFacts).values(rows);
  return rows.length;
}
