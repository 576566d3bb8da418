import type { UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";
import type { Viewer } from "./viewer.ts";

/** What people are to the co-operative. Who has an account is a member. */
export const ROLES = ["admin", "editor", "steward", "member"] as const;
export type Role = (typeof ROLES)[number];
/** A role that somebody is given; nobody is made a member by it. */
export type Office = Exclude<Role, "member">;

/** What one may do, and the roles that may: an admin may everything. */
export const RIGHTS = {
  /** Enters /admin, gives and takes offices. */
  administer: ["admin"],
  /** Writes and publishes what the co-operative says. */
  edit: ["editor", "admin"],
  /** Keeps shelves, orders, rooms and calendars. */
  "keep-shop": ["steward", "admin"],
  /** Registers apps that other members may sign in to. */
  "register-clients": ["member"],
} as const satisfies Record<string, readonly Role[]>;
export type Right = keyof typeof RIGHTS;

/** by null: the operator, at the command line. expiresAt null: until it is taken away. */
export interface OfficeGrant {
  office: Office;
  to: UserId;
  by: UserId | null;
  reason: string;
  expiresAt: Date | null;
}

/** Who may what. The one door: what stands behind it may be facts or rules. */
export interface RolesService {
  /** In the order of ROLES; nothing for somebody who is not there. */
  rolesOf(userId: UserId): Promise<readonly Role[]>;
  /** Guests may nothing. */
  can(viewer: Viewer, right: Right): Promise<boolean>;
  /** Gives an office. Throws not-allowed unless an admin (or the operator) does so, for somebody else, and says why. */
  grantOffice(tx: Tx, grant: OfficeGrant): Promise<void>;
  /** Takes an office away, whoever gave it. Throws not-allowed as grantOffice does. */
  withdrawOffice(tx: Tx, withdrawal: Pick<OfficeGrant, "office" | "to" | "by">): Promise<void>;
}
