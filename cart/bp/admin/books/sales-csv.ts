import type { BookLine } from "@rose-ash/shared/contracts/books.ts";
import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Cell } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { bookPeriodOf, type FilePeriod, fileName, filePeriod } from "./period.ts";
import { amountIn, percentOf, sendTable } from "./send-table.ts";

const HEAD = ["Recorded", "What", "Receipt", "Order", "Merchant", "Paid by", "VAT class", "VAT %", "Net", "VAT", "Gross", "Currency"];

/** GET /admin/books/sales.csv: each sale and each refund of a period, one line for each rate. Nobody's name is in it. */
export const downloadSales: Route<{ Querystring: FilePeriod }> = {
  method: "GET",
  url: "/admin/books/sales.csv",
  schema: { querystring: filePeriod },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const period = bookPeriodOf(request.query);
    const lines = await request.server.services.books.listLines(period);
    return sendTable(reply, { name: fileName("sales", period), head: HEAD, rows: lines.map(cellsOf) });
  },
};

function cellsOf(line: BookLine): readonly Cell[] {
  const { recordedAt, kind, receipt, orderReference, merchant, method, vatClass, vatBasisPoints, currency } = line;
  return [
    ...[recordedAt.toISOString(), kind, receipt, orderReference, merchant, method, vatClass, percentOf(vatBasisPoints)],
    ...[amountIn(line.netMinor, currency), amountIn(line.vatMinor, currency), amountIn(line.grossMinor, currency), currency],
  ];
}
