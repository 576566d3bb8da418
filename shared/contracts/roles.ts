import type { UserId } from "../models/ids.ts";
import type { Scope } from "./relations.ts";
import type { Tx } from "./tx.ts";

/** Roles that somebody is given. What each permits says the relations service, with `may`. */
export const OFFICES = ["admin", "steward", "editor"] as const;
export type Office = (typeof OFFICES)[number];

/** A role and where it holds. Who has an account is a member of the site. */
export interface HeldRole {
  role: Office | "member";
  scope: Scope;
}

/** by null: the operator, at the command line. expiresAt null: until it is taken away. */
export interface OfficeGrant {
  office: Office;
  scope: Scope;
  to: UserId;
  by: UserId | null;
  reason: string;
  expiresAt: Date | null;
}

/** Who holds which office. The one door to give, take and name them: what stands behind it may be facts or rules. */
export interface RolesService {
  /** Membership first, then offices in the order of OFFICES; nothing for somebody who is not there. */
  rolesOf(userId: UserId): Promise<readonly HeldRole[]>;
  /** Gives an office. Throws not-allowed unless somebody who may grant roles (or the operator) does so, for somebody else, and says why. */
  grantOffice(tx: Tx, grant: OfficeGrant): Promise<void>;
  /** Takes an office away, whoever gave it. Throws not-allowed as grantOffice does. */
  withdrawOffice(tx: Tx, withdrawal: Pick<OfficeGrant, "office" | "scope" | "to" | "by">): Promise<void>;
}
