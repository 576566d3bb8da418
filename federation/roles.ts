import type { RelationsService } from "@rose-ash/shared/contracts/relations.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";

/** A role and where it holds: in the whole site or in one service. */
export interface HeldRole {
  role: string;
  scope: string;
}

/** What somebody is here: a member, and whatever else the relations say. What a role in the whole site brings in each of its parts is not said again. */
export async function listHeldRoles(relations: RelationsService, userId: UserId): Promise<HeldRole[]> {
  const found = await relations.listRoles(userId);
  const everywhere = new Set(found.filter(({ scope }) => scope === "site").map(({ role }) => role));
  const own = found.filter(({ role, scope }) => scope === "site" || !everywhere.has(role));
  return [{ role: "member", scope: "site" }, ...own];
}
