import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { bookPeriodOf, type FilePeriod, fileName, filePeriod } from "./period.ts";
import { amountIn, sendTable } from "./send-table.ts";

const HEAD = ["Account", "Before", "In", "Out", "After", "Currency"];

/** GET /admin/books/accounts.csv: what each account had before a period, what moved, and what it had after. */
export const downloadAccounts: Route<{ Querystring: FilePeriod }> = {
  method: "GET",
  url: "/admin/books/accounts.csv",
  schema: { querystring: filePeriod },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const period = bookPeriodOf(request.query);
    const moves = await request.server.services.books.listAccounts(period);
    const rows = moves.map(({ account, currency, beforeMinor, inMinor, outMinor, afterMinor }) => [
      account,
      ...[beforeMinor, inMinor, outMinor, afterMinor].map((minor) => amountIn(minor, currency)),
      currency,
    ]);
    return sendTable(reply, { name: fileName("accounts", period), head: HEAD, rows });
  },
};
