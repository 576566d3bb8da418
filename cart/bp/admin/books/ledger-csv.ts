import type { PostingRow } from "@rose-ash/shared/contracts/payments.ts";
import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Cell } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { amountIn, sendTable } from "./send-table.ts";

const query = z.object({ month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/) });
const HEAD = ["Recorded", "Entry", "What", "Order", "Receipt", "Account", "Amount", "Currency", "Value date"];

/** GET /admin/ledger.csv: a month of postings for the book-keeper, side by side. */
export const downloadLedger: Route<{ Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/admin/ledger.csv",
  schema: { querystring: query },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { month } = request.query;
    const rows = (await request.server.services.payments.listPostings(month)).map(cellsOf);
    return sendTable(reply, { name: `ledger-${month}`, head: HEAD, rows });
  },
};

function cellsOf(row: PostingRow): readonly Cell[] {
  const { recordedAt, entryId, kind, orderReference, receipt, account, amountMinor, currency, valueOn } = row;
  return [
    ...[recordedAt.toISOString(), String(entryId), kind, orderReference, receipt, account],
    ...[amountIn(amountMinor, currency), currency, valueOn],
  ];
}
