import type { AuditService } from "../../contracts/audit.ts";
import type { CartService } from "../../contracts/cart.ts";
import type { OrdersService } from "../../contracts/orders.ts";
import type { RelationsService } from "../../contracts/relations.ts";

/** What memberships are made with. */
export interface MembershipParts {
  readonly audit: AuditService;
  readonly cart: Pick<CartService, "putLine">;
  readonly orders: Pick<OrdersService, "findKindLines">;
  readonly relations: Pick<RelationsService, "keepingAnAdmin" | "listGroupRoles" | "mayWithin">;
}
