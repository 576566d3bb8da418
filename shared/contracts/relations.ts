import type { App } from "../models/apps.ts";
import type { UserId } from "../models/ids.ts";

/** What a role may permit; shared/relations/rights.dl says which does. */
export const ACTIONS = ["see-admin", "operate", "assert-facts", "grant-roles", "read-audit", "edit"] as const;
export type Action = (typeof ACTIONS)[number];

/** Where a right holds: in the whole site or in one service. */
export type Scope = "site" | App;

/** Who may do what, and what else follows from the facts people and tables state. */
export interface RelationsService {
  /** Whether the person may do this there, decided anew. Throws unavailable where it can't be decided. */
  may(userId: UserId, action: Action, scope: Scope): Promise<boolean>;
}
