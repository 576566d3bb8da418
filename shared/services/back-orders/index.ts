import { eq } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { BackOrdersService } from "../../contracts/back-orders.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { suppliers } from "../../models/market.ts";
import { makeMails } from "./mails.ts";
import { makeReads } from "./reads.ts";
import { makeReceive } from "./receive.ts";
import { makeSend } from "./send.ts";
import { makeShortOrders } from "./short-orders.ts";

/** What is ordered from suppliers, over PostgreSQL. */
export function makeBackOrdersService(
  deps: ServiceDeps,
  { audit, payments }: { audit: AuditService; payments: Pick<PaymentsService, "requestRefund"> },
): BackOrdersService {
  return {
    ...makeReads(deps),
    ...makeShortOrders(deps, { audit, payments }),
    ...makeSend(audit),
    ...makeMails(deps),
    receiveBackOrder: makeReceive(audit),
    async setSupplierContact(tx, { id, email, contact, by }) {
      const set = { orderEmail: email, orderContact: contact };
      const [kept] = await tx.update(suppliers).set(set).where(eq(suppliers.id, id)).returning({ id: suppliers.id });
      if (!kept) return false;
      // the log names nobody by their address
      const after = { hasAddress: email !== null };
      await audit.record(tx, {
        app: "market",
        by,
        action: "edit supplier contact",
        subject: `supplier:${id}`,
        reason: "",
        before: null,
        after,
      });
      return true;
    },
  };
}
