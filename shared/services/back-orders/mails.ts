import { sql } from "drizzle-orm";
import type { BackOrdersService, SendingMail, ShortfallMail } from "../../contracts/back-orders.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { BackOrderSendingId, OrderId } from "../../models/ids.ts";
import { buyerAddress, buyerName } from "./buyers.ts";
import { paidForShortfall } from "./paid-for.ts";

type Mails = Pick<BackOrdersService, "listUnmailed" | "markMailed" | "listUntold" | "markTold">;
type SendingRow = Record<string, unknown> & {
  sendingId: string;
  number: number;
  cycleName: string;
  supplier: string;
  email: string;
  contact: string;
  lines: SendingMail["lines"];
};
type ShortfallRow = Record<string, unknown> & Omit<ShortfallMail, "orderId"> & { orderId: string };

/** What is still to be told to suppliers and to members. */
export function makeMails({ db }: ServiceDeps): Mails {
  return {
    async listUnmailed(id) {
      const { rows } = await db.execute<SendingRow>(sql`
        select sending.id as "sendingId", sending.number, cycle.name as "cycleName", suppliers.name as supplier, order_email as email,
          order_contact as contact, (
            select coalesce(json_agg(json_build_object('name', line.name, 'sku', line.sku, 'gtin', coalesce(products.gtin, ''), 'pack', line.pack,
              'caseSize', line.case_size, 'cases', line.cases, 'before', earlier.cases) order by lower(line.name), line.product_id), '[]'::json)
            from back_order_lines as line join products on products.id = line.product_id
            left join back_order_sendings as previous on previous.back_order_id = back_orders.id and previous.number = sending.number - 1
            left join back_order_lines as earlier on earlier.sending_id = previous.id and earlier.product_id = line.product_id
            where line.sending_id = sending.id and (line.cases > 0 or earlier.cases > 0)) as lines
        from back_order_sendings as sending join back_orders on back_orders.id = sending.back_order_id
        join order_cycles as cycle on cycle.id = back_orders.cycle_id join suppliers on suppliers.id = back_orders.supplier_id
        where back_orders.id = ${id} and sending.told_at is null and order_email is not null order by sending.number`);
      return rows.map(({ sendingId, supplier, email, contact, ...row }) => ({
        ...row,
        sendingId: Number(sendingId) as BackOrderSendingId,
        supplier: { name: supplier, email, contact },
      }));
    },
    async markMailed(tx, id) {
      await tx.execute(sql`update back_order_sendings set told_at = now() where id = ${id} and told_at is null`);
    },
    async listUntold(id) {
      const { rows } = await db.execute<ShortfallRow>(sql`
        select orders.id as "orderId", orders.reference, ${buyerName} as name, ${buyerAddress} as email, cycle.name as "cycleName", orders.currency,
          json_agg(json_build_object('id', shortfalls.id, 'name', line.name, 'quantity', shortfalls.quantity, 'reason', shortfalls.reason,
            'amountMinor', ${paidForShortfall}) order by line.position, shortfalls.id) as lines
        from back_orders join order_cycles as cycle on cycle.id = back_orders.cycle_id
        join cycle_lots as lot on lot.cycle_id = cycle.id join products on products.id = lot.product_id and products.supplier_id = back_orders.supplier_id
        join order_lines as line on line.lot_id = lot.id join shortfalls on shortfalls.order_line_id = line.id and shortfalls.told_at is null
        join orders on orders.id = line.order_id left join users on users.id = orders.user_id
        left join user_emails on user_emails.user_id = users.id and user_emails.is_primary
        where back_orders.id = ${id} and ${buyerAddress} is not null group by orders.id, users.id, user_emails.email, cycle.name order by orders.id`);
      return rows.map(({ orderId, ...row }) => ({ ...row, orderId: Number(orderId) as OrderId }));
    },
    async markTold(tx, ids) {
      await tx.execute(sql`update shortfalls set told_at = now() where id = any(${sql.param([...ids])}::bigint[]) and told_at is null`);
    },
  };
}
