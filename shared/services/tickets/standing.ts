import { sql } from "drizzle-orm";
import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { TicketTypeId, UserId } from "../../models/ids.ts";
import type { Reads, TypeFacts } from "./entry-facts.ts";

/** Where the groups of a person stand. */
const MEMBER: RelationHandle<{ user: UserId; group: string }> = { relation: "shared.member", columns: { user: "user", group: "text" } };

/** What somebody is, as far as it lets them have tickets. invitedTo: what staff let them have whatever their groups are. */
export interface Standing {
  readonly isMember: boolean;
  readonly groups: readonly string[];
  readonly invitedTo: ReadonlySet<TicketTypeId>;
}

/** userId null: a guest. types: what they ask for; of what is for everybody nothing is looked up. */
export type FindStanding = (from: Reads, userId: UserId | null, types: readonly TypeFacts[]) => Promise<Standing>;

export function makeFindStanding({ list }: Pick<RelationsService, "list">): FindStanding {
  return async (from, userId, types) => {
    const plain = { isMember: userId !== null, groups: [], invitedTo: new Set<TicketTypeId>() };
    if (userId === null || types.every(({ groupName }) => groupName === null)) return plain;
    const [rows, invited] = await Promise.all([list(MEMBER, { user: userId }), readInvited(from, userId)]);
    return { ...plain, groups: rows.map(({ group }) => group), invitedTo: new Set(invited) };
  };
}

/** What staff asserted: events.invited is a fact of the relations. */
async function readInvited(from: Reads, userId: UserId): Promise<readonly TicketTypeId[]> {
  const { rows } = await from.execute<{ type: string }>(sql`
    select arguments ->> 1 as type from relation_facts where relation = 'events.invited' and arguments -> 0 = to_jsonb(${`user:${userId}`}::text)
      and (expires_at is null or expires_at > now())`);
  return rows.map(({ type }) => Number(type.replace("ticket-type:", "")) as TicketTypeId);
}

/** Whether a kind that is for a group is for them. */
export function isTheirs({ groupName, typeId }: Pick<TypeFacts, "groupName" | "typeId">, { groups, invitedTo }: Standing): boolean {
  return groupName === null || groups.includes(groupName) || invitedTo.has(typeId);
}
