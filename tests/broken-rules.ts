import { sql } from "drizzle-orm";
import type { Db } from "../shared/infrastructure/db.ts";

/** What must be true of money whatever happened: every entry and all of them come to nothing, and nothing was counted twice. */
export async function brokenRules(db: Pick<Db, "execute">): Promise<string[]> {
  const { rows } = await db.execute<{ rule: string }>(sql`
    select 'ledger off in ' || currency as rule from postings group by currency having sum(amount_minor) <> 0
    union all select 'entry ' || entry_id || ' off' from postings group by entry_id, currency having sum(amount_minor) <> 0
    union all select 'order ' || order_id || ' sold twice' from ledger_entries where kind = 'sale' group by order_id having count(*) > 1
    union all select 'order ' || orders.id || ' paid without money' from orders left join ledger_entries as sale
      on sale.order_id = orders.id and sale.kind = 'sale' where orders.merchant_id is not null and total_minor > 0
      and status in ('paid', 'preparing', 'ready', 'collected', 'shipped', 'done', 'partly_refunded') and sale.id is null
    union all select 'order ' || orders.id || ' paid without a receipt' from orders left join receipts on receipts.order_id = orders.id
      where orders.merchant_id is not null and status in ('paid', 'partly_refunded') and receipts.order_id is null
    union all select 'receipts of ' || year || ' have gaps' from receipts group by merchant_id, year having max(number) <> count(*)
    union all select 'stock of ' || slug || ' below nothing' from products where stock < 0
    union all select 'refund ' || id || ' without an entry' from refunds where state = 'done'
      and not exists (select from ledger_entries where key = 'refund:' || refunds.id)
    union all select 'payment ' || id || ' refunded beyond' from payment_attempts where refunded_minor > amount_minor`);
  return rows.map(({ rule }) => rule);
}
