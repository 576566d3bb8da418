import { sql } from "drizzle-orm";
import type { BookLine, BookPeriod } from "../../contracts/books.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { boundsOf } from "./period.ts";

type LineRow = Omit<BookLine, "entryId" | "recordedAt" | "netMinor" | "vatMinor" | "grossMinor"> & {
  entryId: string;
  recordedAt: string;
  netMinor: string;
  vatMinor: string;
} & Record<string, unknown>;

/**
 * Every posting to an account of sales, discounts, refunds or tax, one line for each entry and rate. Accounts have those amounts below nothing
 * when something is sold, so signs are turned. The rate is that of the order's day; an order has one for each class.
 */
export async function listLines(db: ServiceDeps["db"], period: BookPeriod, timeZone: string): Promise<readonly BookLine[]> {
  const { begin, end } = boundsOf(period, timeZone);
  const { rows } = await db.execute<LineRow>(sql`
    with sides as (
      select entry_id, split_part(account, ':', 2) as vat_class, currency,
        -sum(amount_minor) filter (where account !~ '^vat:') as net, -sum(amount_minor) filter (where account ~ '^vat:') as vat
      from postings where account ~ '^(sales|discounts|refunds|vat):' group by entry_id, split_part(account, ':', 2), currency
    )
    select entry.id as "entryId", entry.recorded_at as "recordedAt", entry.kind, coalesce(orders.reference, '') as "orderReference",
      coalesce(receipts.year || '-' || receipts.number, '') as receipt, coalesce(merchants.code, '') as merchant,
      coalesce((select min(split_part(money.account, ':', 1)) from postings as money
        where money.entry_id = entry.id and money.account ~ '^(sumup|cash|bank):'), '') as method,
      sides.vat_class as "vatClass", sides.currency, sides.net as "netMinor", sides.vat as "vatMinor",
      coalesce((select max(line.vat_basis_points) from order_lines as line
        where line.order_id = entry.order_id and line.vat_class = sides.vat_class), 0) as "vatBasisPoints"
    from ledger_entries as entry join sides on sides.entry_id = entry.id
    left join orders on orders.id = entry.order_id left join receipts on receipts.order_id = orders.id
    left join merchants on merchants.id = orders.merchant_id
    where entry.recorded_at >= ${begin} and entry.recorded_at < ${end}
      and (${period.merchant}::text is null or merchants.code = ${period.merchant})
    order by entry.recorded_at, entry.id, sides.vat_class, sides.currency`);
  return rows.map((row) => {
    const [netMinor, vatMinor] = [Number(row.netMinor ?? 0), Number(row.vatMinor ?? 0)];
    const { kind, orderReference, receipt, merchant, method, vatClass, vatBasisPoints, currency } = row;
    return {
      ...{ entryId: Number(row.entryId), recordedAt: new Date(row.recordedAt), kind, orderReference, receipt, merchant, method },
      ...{ vatClass, vatBasisPoints, netMinor, vatMinor, grossMinor: netMinor + vatMinor, currency },
    };
  });
}
