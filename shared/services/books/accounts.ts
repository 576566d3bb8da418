import { sql } from "drizzle-orm";
import type { AccountMove, BookPeriod } from "../../contracts/books.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { boundsOf } from "./period.ts";

interface MoveRow extends Record<string, unknown> {
  account: string;
  currency: string;
  before: string | null;
  in: string | null;
  out: string | null;
}

/** What accounts had before a period, and what moved in it. With a merchant: only what their orders' entries posted. */
export async function listAccounts(db: ServiceDeps["db"], period: BookPeriod, timeZone: string): Promise<readonly AccountMove[]> {
  const { begin, end } = boundsOf(period, timeZone);
  const { rows } = await db.execute<MoveRow>(sql`
    select postings.account, postings.currency, sum(amount_minor) filter (where recorded_at < ${begin}) as before,
      sum(amount_minor) filter (where recorded_at >= ${begin} and amount_minor > 0) as "in",
      -sum(amount_minor) filter (where recorded_at >= ${begin} and amount_minor < 0) as "out"
    from postings join ledger_entries as entry on entry.id = entry_id
    left join orders on orders.id = entry.order_id left join merchants on merchants.id = orders.merchant_id
    where recorded_at < ${end} and (${period.merchant}::text is null or merchants.code = ${period.merchant})
    group by postings.account, postings.currency order by postings.account, postings.currency`);
  return rows.map(({ account, currency, ...moved }) => {
    const [beforeMinor, inMinor, outMinor] = [Number(moved.before ?? 0), Number(moved.in ?? 0), Number(moved.out ?? 0)];
    return { account, currency, beforeMinor, inMinor, outMinor, afterMinor: beforeMinor + inMinor - outMinor };
  });
}
