import type { RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { UserId } from "../../models/ids.ts";

/** What a group gives follows from facts that anybody allowed to may state at any time: it is asked whenever somebody gets in. */
export async function givesRights(tx: Tx, relations: Pick<RelationsService, "listGroupRoles">, slug: string): Promise<boolean> {
  return (await relations.listGroupRoles(tx, slug)).length > 0;
}

export type MayGive = (tx: Tx, userId: UserId) => Promise<boolean>;

/** Whether somebody may give roles in the whole site. */
export const mayGiveRoles =
  (relations: Pick<RelationsService, "mayWithin">): MayGive =>
  (tx, userId) =>
    relations.mayWithin(tx, userId, "grant-roles", "site");
